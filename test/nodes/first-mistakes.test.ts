/** The mistakes that newcomers make first, each with what it says. */
import type { INodeParameters } from 'n8n-workflow';
import { TwApi } from '../../credentials/TwApi.credentials';
import { TwOrder } from '../../nodes/TwOrder/TwOrder.node';
import { testCredential } from '../engine/harness';
import { example, TW_TICKET_ADDRESS } from '../contract/examples';
import { complaint } from '../observed';
import { boxes, toAddress } from '../operations/order';
import { createParameters, useBench } from '../support';

const bench = useBench();
beforeEach(async () => await bench.sandbox.reset());

describe('in the credential', () => {
	const verdict = async (changes: object) => {
		const data = { ...bench.credentials.twApi, ...changes };
		return (await testCredential(new TwOrder(), 'twApi', data, new TwApi())).message;
	};

	it('a wrong token is named, since it makes the signature', async () => {
		expect(await verdict({ apiToken: 'wrong-token' })).toMatch(
			/^TW refuses the credential: sign check failed\. Check 'API Token' in the TW API credential, which makes the signature/,
		);
	});

	it('a wrong key or user name', async () => {
		expect(await verdict({ apiKey: 'wrong-key' })).toMatch(
			/unknown key or username\. Check 'User Name', 'API Key' and 'API Token' in the TW API/,
		);
	});

	it.each(['/api/v2', '/api/v2/orderTrial', '/api/v2/'])(
		'a base URL with the path of an endpoint: %s',
		async (path) => {
			const only = new URL(bench.sandbox.url).origin;
			expect(await verdict({ baseUrl: only + path })).toBe(
				`'Base URL' of the TW API credential must be only ${only}, without ${path}. Open the credential and cut the path off: the nodes add it themselves.`,
			);
		},
	);

	it('a base URL with another path, which a gateway may have', async () => {
		const only = new URL(bench.sandbox.url).origin;
		bench.sandbox.fault({ kind: 'html', status: 404 });
		expect(await verdict({ baseUrl: `${only}/docs` })).toContain(
			`Check the base URL. It has the path /docs: usually it is only ${only}.`,
		);
	});
});

describe('in a field', () => {
	const create = createParameters({ ...toAddress });
	const toTw = example(TW_TICKET_ADDRESS);
	const complained = async (parameters: INodeParameters, item: object = {}) =>
		complaint(await bench.run('twOrder', parameters, [{ no: 'A', ...item }]));
	const said = async (...about: Parameters<typeof complained>) =>
		(await complained(...about)).message;

	it.each<[string, INodeParameters, string]>([
		['a path that is wrong', { consignee_city: '={{ $json.shipping.city }}' }, "'City'"],
		['with a text around it', { no: '={{ $json.nothing }}{{ $json.none }}' }, "'Order Number'"],
		['in a box', { ...boxes({ weight: '={{ $json.kg }}' }) }, "'Weight' of Box 1"],
		[
			'in a locator',
			{ product: { __rl: true, mode: 'id', value: '={{ $json.channel }}' } },
			"'Channel'",
		],
	])('an expression that gives nothing: %s', async (_what, parameters, field) => {
		const { message, description } = await complained({ ...create, ...parameters });
		expect(message).toBe(`${field} is empty: its expression gives nothing for this item [Item 0]`);
		expect(description).toMatch(/^Open the field: below it .* switch the field to Fixed/);
		expect(description).not.toContain('Correct this');
	});

	it('also after another mistake', async () => {
		const parameters = { consignee_city: '={{ $json.city }}', ...boxes({ weight: 0 }) };
		const { description } = await complained({ ...create, ...parameters });
		expect(description).toMatch(/^Also: '.*' .*Open the field: below it/);
	});

	it.each([
		['no', { no: '' }, "'Order Number'"],
		['its part', { consignee: { ...(toTw['consignee'] as object), city: '' } }, "'City'"],
	])('Additional Fields (JSON) that empties it: %s', async (_what, extra, field) => {
		const options = { extraFields: '={{ $json.extra }}' };
		const parameters = { ...create, consignee_city: '={{ $json.city }}', options };
		const { message, description } = await complained(parameters, { city: 'Sampletown', extra });
		expect(message).toBe(`${field} is empty [Item 0]`);
		expect(description).toContain('Correct this');
	});

	it('a field that is empty', async () => {
		expect(await said({ ...create, consignee_city: ' ' })).toBe("'City' is empty [Item 0]");
	});

	it.each([
		['twInvoice' as const, { operation: 'getAll', from: '31/12/2026', to: '2026-12-31' }, "'From'"],
	])('a date that is none shows a right one', async (node, parameters, field) => {
		const run = await bench.run(node, { ...parameters, returnAll: true, simplify: true }, [{}]);
		expect(complaint(run).message).toBe(
			`${field} is no date that can be read; write it with the year first, such as 2026-12-31 [Item 0]`,
		);
	});
});
