import { Trace } from './Trace.jsx';

/** Drawn on the server, under `style-src 'self'`. */
export default function Page() {
  return (
    <div className="room">
      <Trace />
    </div>
  );
}
