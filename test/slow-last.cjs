'use strict';
const { default: Sequencer } = require('@jest/test-sequencer');

/** How many of the shortest files are left for the end: about what the slow ones leave of the processor. */
const SHORTEST = 30;

/**
 * Jest's own order, longest first, but test/slow at the end: those tests wait more than they work, so they
 * run side by side, with only the shortest of the others beside them.
 */
module.exports = class SlowLast extends Sequencer {
	sort(tests) {
		const isSlow = ({ path }) => /[\\/]test[\\/]slow[\\/]/.test(path);
		const sorted = super.sort(tests);
		const others = sorted.filter((test) => !isSlow(test));
		return [...others.slice(0, -SHORTEST), ...sorted.filter(isSlow), ...others.slice(-SHORTEST)];
	}
};
