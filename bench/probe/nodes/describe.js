'use strict';

/** The description of a node with plain parameters: a number's or a text's default tells its type. */
exports.describe = (name, defaults) => ({
	displayName: name,
	name: name[0].toLowerCase() + name.slice(1),
	group: ['transform'],
	version: 1,
	description: 'For the benchmark',
	defaults: { name },
	inputs: ['main'],
	outputs: ['main'],
	properties: Object.entries(defaults).map(([parameter, value]) => ({
		displayName: parameter,
		name: parameter,
		type: typeof value,
		default: value,
	})),
});
