// What `npm run test:attack` tries, a row of its table each: the tests of these files, or those of them whose names
// match.
export const attacks = [
	{
		tried: 'Spellings of one account, and accounts that look alike',
		files: ['test/properties/marks.test.ts', 'test/nodes/spellings.test.ts'],
		named: /account|address|user name/,
	},
	{
		tried: 'Keys of the register whose parts hold separators',
		files: ['test/properties/marks.test.ts'],
		named: /keys/,
	},
	{
		tried: 'Send Again at one moment',
		files: ['test/nodes/TwOrder/redelivery.test.ts'],
		named: /three Send Again/i,
	},
	{
		tried: 'Events whose bytes differ from try to try',
		files: ['test/nodes/TdOrderEvent/delivery.test.ts'],
		named: /bytes differ/,
	},
];
