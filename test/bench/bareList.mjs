/**
 * The least that can be drawn of so many rows: one list whose rows are elements with a name, a number and a bar, reused as it scrolls.
 * No tree, no columns to choose, no keys, no words for screen readers. What the viewer is held against.
 */
export const bareList = (size) => `<!doctype html><title>bare list</title>
<style>
  body { margin: 0; font: 12.5px/1.2 system-ui, sans-serif; }
  .tv-grid { position: absolute; inset: 0; overflow: auto; }
  .sheet { position: relative; }
  .tv-row { position: absolute; inset: 0 0 auto 0; height: 24px; display: flex; contain: strict; }
  .name { width: 400px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .number { width: 80px; text-align: end; }
  .time { position: relative; flex: 1; }
  .time i { position: absolute; top: 6px; height: 12px; background: #7b61d1; }
</style>
<div class="tv-grid" tabindex="0"><div class="sheet"></div></div>
<script>
  const size = ${size}, grid = document.querySelector('.tv-grid'), sheet = document.querySelector('.sheet');
  const start = Float64Array.from({ length: size }, (_, i) => (i * 7919) % 900), length = Float64Array.from(start, (at) => 5 + (at % 90));
  const rows = [];
  sheet.style.height = size * 24 + 'px';
  const draw = () => {
    const first = Math.floor(grid.scrollTop / 24), count = Math.ceil(grid.clientHeight / 24) + 1;
    while (rows.length < count) {
      const row = document.createElement('div');
      row.className = 'tv-row';
      for (const name of ['name', 'number', 'time'])
        row.append(Object.assign(document.createElement('div'), { className: name }));
      row.lastChild.append(document.createElement('i'));
      sheet.append(row);
      rows.push(row);
    }
    for (let place = 0; place < count; place += 1) {
      const at = Math.min(first + place, size - 1), row = rows[at % count];
      row.style.transform = 'translateY(' + at * 24 + 'px)';
      row.children[0].textContent = 'span ' + at;
      row.children[1].textContent = length[at].toFixed(1) + ' ms';
      const bar = row.children[2].firstChild;
      bar.style.transform = 'translateX(' + start[at] * 0.6 + 'px)';
      bar.style.width = length[at] + 'px';
    }
  };
  grid.addEventListener('scroll', draw, { passive: true });
  draw();
</script>`;
