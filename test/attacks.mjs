// What `npm run test:attack` tries, a row of its table each: the tests of these files, or those of them whose names
// match.
export const attacks = [
	{
		tried: "Requests of n8n's own nodes that lead a key elsewhere, by any name or a redirect",
		files: ['test/credentials/own-origin.test.ts', 'test/unit/http/credential.test.ts'],
	},
	{
		tried: "Calls round n8n's egress policy: lists, polls, operations",
		files: ['test/lib/run/egress.test.ts'],
	},
	{
		tried: 'Secrets that a vendor repeats, escaped or encoded',
		files: ['test/nodes/secrets.test.ts', 'test/unit/base/redact.test.ts'],
	},
	{
		tried: 'Spellings of one account, and accounts that look alike',
		files: ['test/properties/marks.test.ts', 'test/nodes/spellings.test.ts'],
		named: /account|address|user name/,
	},
	{
		tried: 'Keys of the register whose parts hold separators',
		files: ['test/properties/marks.test.ts', 'test/unit/shops/events/plan.test.ts'],
		named: /keys/,
	},
	{
		tried: 'Two shops of one kind at one TD account',
		files: [
			'test/nodes/TdOrderEvent/two-shops.test.ts',
			'test/nodes/ShopTrigger/store.test.ts',
			'test/nodes/TdOrderEvent/taken-payments.test.ts',
			'test/nodes/TdOrderEvent/visits-over.test.ts',
		],
	},
	{
		tried: "Workers that remember an order's visit at one moment, or are killed at it",
		files: ['test/lib/shops/visits.test.ts', 'test/slow/killed-visits.test.ts'],
	},
	{
		tried: 'Send Again at one moment',
		files: [
			'test/nodes/TwOrder/redelivery.test.ts',
			'test/unit/once/claim.test.ts',
			'test/nodes/TwOrder/send-again.test.ts',
		],
		named: /Send Again|send-again|retr|one goes|goes once/i,
	},
	{
		tried: 'Events whose bytes differ from try to try',
		files: [
			'test/nodes/TdOrderEvent/delivery.test.ts',
			'test/nodes/TdOrderEvent/corrected.test.ts',
		],
		named: /bytes differ|correct/i,
	},
	{
		tried: 'Clocks that leap, and sweeps at the wrong moment',
		files: ['test/lib/register/clock.test.ts', 'test/slow/swept.test.ts'],
	},
	{
		tried: 'Files of the register that are removed, linked or open to others',
		files: [
			'test/slow/folders.test.ts',
			'test/slow/links.test.ts',
			'test/lib/register/modes.test.ts',
		],
	},
	{
		tried: 'Machines of one name, and processes that are gone',
		files: ['test/slow/machines.test.ts'],
	},
	{
		tried: 'PostgreSQL with SSL settings that nobody knows, or gone',
		files: ['test/slow/postgres-gone.test.ts'],
	},
	{
		tried: 'Numbers of settings beyond what timers and people mean',
		files: ['test/nodes/limits.test.ts'],
	},
	{
		tried: 'Labels: long, many, partial, badly named, inside the network',
		files: ['test/nodes/TwLabel/label.test.ts', 'test/lib/http/download.test.ts'],
	},
	{
		tried: 'Texts of vendors and shops that take quadratic time',
		files: ['test/unit/properties/linear.test.ts'],
	},
	{
		tried: 'Deliveries at one moment, too large, too slow, or given up',
		files: ['test/nodes/ShopTrigger/crowd.test.ts'],
	},
	{
		tried: 'Deliveries played again under another id or topic',
		files: ['test/nodes/ShopTrigger/replays.test.ts'],
	},
];
