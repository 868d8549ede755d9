/** A client for a dry run lets nothing out, whoever calls it and however. */
import { Deadline } from '../../lib/base/deadline';
import { NotSentFault } from '../../lib/base/errors';
import { readTdAccount } from '../../lib/td/account';
import { TdClient } from '../../lib/td/client';
import { readTwAccount } from '../../lib/tw/wire/account';
import { TwClient } from '../../lib/tw/wire/client';
import { twEndpoints, type TwEndpointName } from '../../lib/tw/wire/endpoints';
import { paths } from '../observed';
import { QUICK } from '../pace';
import { useBench } from '../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const tw = () => new TwClient(readTwAccount(bench.credentials.twApi));
const td = () => new TdClient(readTdAccount(bench.credentials.tdApi));
const limits = () => ({ deadline: Deadline.in(5_000), pace: QUICK });
const names = Object.keys(twEndpoints) as TwEndpointName[];

it.each(names)('%s leaves neither as a write nor as a read', async (name) => {
	const client = tw().dry({ asks: false });
	const write = client.call(name, {}, { rule: 'write', ...limits() });
	await expect(write).rejects.toThrow(NotSentFault);
	const read = client.call(name, {}, { rule: 'read', ...limits() });
	await expect(read).rejects.toThrow(NotSentFault);
	expect(paths(bench.sandbox)).toEqual([]);
});

it('one that may ask lets reads out, and no write', async () => {
	const client = tw().dry({ asks: true });
	await client.call('getBalance', {}, { rule: 'read', ...limits() });
	const write = client.call('orderForecast', {}, { rule: 'write', ...limits() });
	await expect(write).rejects.toThrow(NotSentFault);
	expect(paths(bench.sandbox)).toEqual(['/api/v2/getBalance']);
});

it.each(['event-at-least-once', 'event-at-most-once'] as const)(
	'no event leaves: %s',
	async (delivery) => {
		for (const asks of [true, false]) {
			const options = { delivery, labelOf: () => undefined, ...limits() };
			await expect(td().dry({ asks }).report('{}', options)).rejects.toThrow(NotSentFault);
			await expect(td().dry({ asks }).probe(limits().deadline)).rejects.toThrow(NotSentFault);
		}
		expect(paths(bench.sandbox)).toEqual([]);
	},
);

it('the client it was made of sends as before', async () => {
	const client = tw();
	client.dry({ asks: false });
	await client.call('getBalance', {}, { rule: 'read', ...limits() });
	expect([client.isDry, paths(bench.sandbox)]).toEqual([false, ['/api/v2/getBalance']]);
});
