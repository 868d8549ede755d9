// Preloaded into n8n (`NODE_OPTIONS=--require`): its clock is wrong by the milliseconds that a file says. As
// when a machine's clock is set: the clock jumps, and timers and the files' own times do not.
const { readFileSync } = require('node:fs');

const file = process.env.HOST_CLOCK_FILE;
/** The file is not read more often than this; milliseconds. */
const EVERY = 5;

if (file) {
	const real = Date.now;
	let ahead = 0;
	let readAt = -Infinity;
	const now = () => {
		const at = performance.now();
		if (at - readAt > EVERY) {
			ahead = Number(readFileSync(file, 'utf8'));
			readAt = at;
		}
		return real() + ahead;
	};
	Date.now = now;
	globalThis.Date = new Proxy(Date, {
		apply: () => new globalThis.Date().toString(),
		construct: (target, args, newTarget) =>
			Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
	});
	Date.prototype.constructor = globalThis.Date;
}
