/**
 * n8n's egress policy is asked wherever a node calls out: 127.0.0.1 is forbidden here, and nothing of it is
 * read. The real policy of a real n8n is in host/smoke.
 */
import type { IDataObject } from 'n8n-workflow';
import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { TwApi } from '../../../credentials/TwApi.credentials';
import { TwTrigger } from '../../../nodes/TwTrigger/TwTrigger.node';
import { listSearch, loadOptions, poll } from '../../engine/harness';
import { complaint, outputOf, saying } from '../../observed';
import { list } from '../../operations/list';
import { QUICK } from '../../pace';
import { nodes, useBench } from '../../support';

const bench = useBench();
beforeEach(async () => await bench.sandbox.reset());

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');
const isForbidden = (address: string) =>
	loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Refuses names of this machine as they are looked up, as n8n's own does. */
const createSecureLookup = (): LookupFunction => (hostname, options, done) =>
	systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
		if (error) return done(error, '');
		if (addresses.some(({ address }) => isForbidden(address))) {
			return done(new Error('Connection was blocked'), '');
		}
		done(null, addresses);
	});

/** Written after n8n 2.41.1: an address is judged beforehand, a name as it is looked up too. */
const policy = {
	createSecureLookup,
	validateUrl: async ({ hostname }: URL) => {
		const host = hostname.replace(/^\[|\]$/g, '');
		const blocked = host === 'localhost' || isForbidden(host);
		return await Promise.resolve(
			blocked ? { ok: false, error: new Error('Connection was blocked') } : { ok: true },
		);
	},
};
/** Of a name that leads here only once it has been judged. */
const lateLookup = {
	createSecureLookup,
	validateUrl: async () => await Promise.resolve({ ok: true }),
};

type Members = Record<'twApi' | 'tdApi', IDataObject>;

/** The credentials of the bench, with the sandbox's host spelled in another way. */
function spelled(host: string): Members {
	const { twApi, tdApi } = bench.credentials;
	const baseUrlOf = ({ baseUrl }: IDataObject) => (baseUrl as string).replace('127.0.0.1', host);
	return {
		twApi: { ...twApi, baseUrl: baseUrlOf(twApi) },
		tdApi: { ...tdApi, baseUrl: baseUrlOf(tdApi) },
	};
}

const spellings = ['127.0.0.1', '2130706433', '127.1', 'localhost', '[::1]'];
const REFUSED = /This n8n host does not allow calls to .*Connection was blocked/;
const instance = (host: string, egress: object = policy) => ({
	credentials: spelled(host),
	credentialTypes: [new TwApi()],
	egress,
});

/** Whatever reads TW for the editor or by the clock. */
const lookers: Array<[string, (given: ReturnType<typeof instance>) => Promise<unknown>]> = [
	[
		'the channel list',
		async (given) =>
			await listSearch(nodes.twOrder, 'searchChannels', { parameters: {}, ...given }),
	],
	[
		'the channels to choose from',
		async (given) => await loadOptions(nodes.twOrder, 'loadChannels', { parameters: {}, ...given }),
	],
	...list
		.filter(({ node }) => node === 'twTrigger')
		.flatMap(({ operation: event, parameters }) =>
			(['trigger', 'manual'] as const).map((mode): (typeof lookers)[number] => [
				`the trigger's ${event}, ${mode}`,
				async (given) =>
					await poll(new TwTrigger(QUICK), {
						parameters: { event, ...parameters, orders: 'EG-1' },
						...given,
						mode,
					}),
			]),
		),
];

describe.each(lookers)('%s', (_title, look) => {
	it.each(spellings)('does not read %s', async (host) => {
		await expect(look(instance(host))).rejects.toMatchObject({ message: saying(REFUSED) });
		expect(bench.sandbox.ledger().requests).toEqual([]);
	});

	it('does not read a name that turns out to lead there', async () => {
		await expect(look(instance('localhost', lateLookup))).rejects.toThrow('TW cannot be reached');
		expect(bench.sandbox.ledger().requests).toEqual([]);
	});

	it('reads where n8n forbids nothing', async () => {
		const free = { ...lateLookup, createSecureLookup: () => systemLookup };
		await look(instance('127.0.0.1', free)).catch((error: Error) =>
			// A sample of what is not there is asked for, and not found
			expect(error.message).not.toMatch(/reached|allow/),
		);
		expect(bench.sandbox.ledger().requests.length).toBeGreaterThan(0);
	});
});

const actions = list.filter((one) => one.node !== 'twTrigger');

describe.each(actions.map((one) => [one.title, one] as const))('%s', (_title, one) => {
	it('calls no address that is forbidden', async () => {
		const item = await one.prepare(bench.sandbox, 'EG-1');
		const before = bench.sandbox.ledger().requests.length;
		const parameters = { operation: one.operation, ...one.parameters };
		for (const host of spellings) {
			const { credentials, egress } = instance(host);
			const run = await bench.run(one.node as keyof typeof nodes, parameters, [item], {
				credentials,
				egress,
			});
			expect(complaint(run).message).toMatch(REFUSED);
		}
		expect(bench.sandbox.ledger().requests).toHaveLength(before);
	});
});

it('an action reads where n8n forbids nothing', async () => {
	const free = { ...lateLookup, createSecureLookup: () => systemLookup };
	const run = await bench.run('twBalance', { operation: 'get' }, [{}], { egress: free });
	expect(outputOf(run)).toHaveLength(1);
});
