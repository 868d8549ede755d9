'use strict';
// Jest's own order, longest first, but with test/slow at the end: those tests wait more than they work, so
// they run side by side once the others have left the processor.
const { default: Sequencer } = require('@jest/test-sequencer');

module.exports = class SlowLast extends Sequencer {
	sort(tests) {
		const isSlow = ({ path }) => /[\\/]test[\\/]slow[\\/]/.test(path);
		const sorted = super.sort(tests);
		return [...sorted.filter((test) => !isSlow(test)), ...sorted.filter(isSlow)];
	}
};
