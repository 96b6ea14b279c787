import { createRoot } from 'react-dom/client';
import { defaultColumns, TraceViewer } from 'spanwise';
import 'spanwise/styles.css';
import './page.css';
import trace from '../trace.json';

/** Utilities in every slot: the check looks at what becomes of them. */
const Mine = () => <button className="rounded-lg bg-blue-600 px-4 text-white mine">mine</button>;
const panels = [{ id: 'mine', title: 'Mine', match: () => true, render: () => <Mine /> }];
const columns = [...defaultColumns, { id: 'mine', header: 'Mine', value: () => 1, cell: () => <Mine /> }];

createRoot(document.getElementById('root')).render(
  <main className="h-screen">
    <Mine />
    <TraceViewer input={trace} panels={panels} columns={columns} headerEnd={<Mine />} />
  </main>,
);

window.checkHost = () => {
  const look = (element) => {
    const { backgroundColor, paddingLeft, borderTopLeftRadius, color } = getComputedStyle(element);
    return JSON.stringify({ backgroundColor, paddingLeft, borderTopLeftRadius, color });
  };
  const [outside, ...inside] = document.querySelectorAll('.mine');
  const wrong = inside.filter((element) => look(element) !== look(outside));
  if (inside.length < 3 || getComputedStyle(outside).paddingLeft !== '16px') return 'the buttons are not there';
  return wrong.length > 0 ? `${look(wrong[0])} is not ${look(outside)}` : null;
};
