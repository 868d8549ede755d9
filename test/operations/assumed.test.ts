/** Endpoints whose path is assumed: said where it matters, and to be replaced in the credential. */
import type { INodePropertyOptions } from 'n8n-workflow';
import { complaint, outputOf, requestsTo } from '../observed';
import { nodes, useBench } from '../support';
import { rows } from './list';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

/** Section 16 of the contract. */
const ASSUMED = /(getProduct|orderLabel|orderDelete|getBalance|bag(Create|Info|Delete|Review))$/;
const assumed = rows
	.filter(({ path }) => ASSUMED.test(path))
	.map((row) => [row.title, row.path, row] as const);

it('all of them are called', () => {
	expect(new Set(assumed.map(([, path]) => path)).size).toBe(8);
});

describe.each(assumed)('%s at %s', (_title, path, row) => {
	const { node, operation } = row;
	const parameters = { operation, ...row.parameters };
	const endpoint = path.replace('/api/v2/', '');

	it.each([
		["TW's own word", undefined],
		["a web server's page", '<html><body>Not Found</body></html>'],
	])('says on a 404 that the path is assumed and where to change it: %s', async (_whose, body) => {
		bench.sandbox.fault({ kind: 'status', path, status: 404, ...(body ? { body } : {}) });
		// So that the path alone can be wrong
		const item = await row.prepare(bench.sandbox, 'A');
		const run = await bench.run(node, parameters, [{ ...item }]);
		const { message, description } = complaint(run);
		expect(message).toContain('[Item 0]');
		expect(description).toContain(`the path ${path} is an assumption`);
		expect(description).toContain("'Path Overrides' in the TW API credential");
		expect(requestsTo(bench.sandbox, path)).toHaveLength(1);
	});

	it('goes to the path of the credential instead', async () => {
		const own = `/own/${endpoint}`;
		const body = JSON.stringify({ code: 200, data: { balance: '1', url: 'https://a.example/l' } });
		bench.sandbox.fault({ kind: 'rawBody', path: own, body });
		const pathOverrides = { override: [{ endpoint, path: own }] };
		const { twApi } = bench.credentials;
		const credentials = { ...bench.credentials, twApi: { ...twApi, pathOverrides } };
		await bench.run(node, parameters, [{ name: 'A' }], { credentials });
		expect(requestsTo(bench.sandbox, own)).toHaveLength(1);
		expect(requestsTo(bench.sandbox, path)).toEqual([]);
	});

	it('is told quietly where it is chosen, and by no notice', () => {
		const { properties } = nodes[node].description;
		const notices = properties.filter(
			({ type, displayOptions }) =>
				type === 'notice' &&
				displayOptions?.show?.['operation']?.includes(operation) &&
				!('/options.dryRun' in displayOptions.show),
		);
		expect(notices).toEqual([]);
		const options = properties[0]!.options as INodePropertyOptions[];
		const { description } = options.find(({ value }) => value === operation)!;
		expect(description).toContain(`(path at TW assumed: ${path})`);
	});
});

it('a documented path is never called an assumption', async () => {
	bench.sandbox.fault({ kind: 'status', path: 'orderFee', status: 404 });
	const run = await bench.run('twOrder', { operation: 'getFee', tracking_number: '1Z' }, [{}]);
	expect(complaint(run).message).toContain('TW has no charges for tracking number 1Z');
	expect(complaint(run).description).not.toContain('assum');
});

describe.each(['order_cancel', 'order_return'])(
	'%s, which TD documents by name only',
	(operation) => {
		const ids = { order_id: 'O-1', session_id: 's', terminal_ip: '1.2.3.4' };

		it('takes further fields as they were agreed with TD', async () => {
			const agreed = { reason: 'changed mind', items: [{ sku: 'A', count: 2 }] };
			const options = { extraFields: JSON.stringify(agreed) };
			const parameters = { operation, specifyBody: 'fields', ...ids, options };
			const run = await bench.run('tdOrderEvent', parameters, [{}]);
			expect(outputOf(run)).toHaveLength(1);
			const [event] = bench.sandbox.ledger().events;
			const sent = { event_type: operation, order_id: 'O-1', ...agreed };
			expect(JSON.parse(event?.raw ?? '')).toMatchObject(sent);
		});

		it('says in the panel what is assumed', () => {
			const notice = nodes.tdOrderEvent.description.properties.find(
				({ type, displayOptions }) =>
					type === 'notice' && displayOptions?.show?.['operation']?.includes(operation),
			);
			expect(notice?.displayName).toMatch(/by name only/);
			expect(notice?.displayName).toMatch(/assumed/i);
		});
	},
);
