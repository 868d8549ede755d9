/** Why an order has no label: the order is asked about, and the likeliest cause comes first. */
import { complaint, INFO, LABEL, paths } from '../../observed';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ stateStepMs: 0, failuresAsHttp200: false });
});

const NEVER = 3_600_000;

const order = async (no: string) =>
	await bench.run('twOrder', createParameters({ waitForCompletion: false }), [{ no }]);

describe.each(['download', 'getUrl'])('%s', (operation) => {
	const ask = async (no: string) => {
		const run = await bench.run('twLabel', { operation, no: '={{ $json.no }}' }, [{ no }]);
		return complaint(run);
	};

	it.each([false, true])('of an order that is not completed (HTTP 200: %s)', async (inEnvelope) => {
		bench.sandbox.set({ stateStepMs: NEVER, failuresAsHttp200: inEnvelope });
		await order('EARLY');
		const { message, description } = await ask('EARLY');
		expect(message).toBe('Order EARLY is not completed yet, so it has no label [Item 0]');
		expect(description).toContain("'Wait for Completion'");
		expect(description).not.toMatch(/number|assum/i);
	});

	it('of a number that TW does not have', async () => {
		const { message, description } = await ask('NONE');
		expect(message).toBe('TW does not have an order NONE [Item 0]');
		expect(description).toContain("'Order Number'");
		expect(description).not.toContain('assum');
	});

	it('of an order that was deleted', async () => {
		await order('GONE');
		await bench.run('twOrder', { operation: 'delete', no: 'GONE' }, [{}]);
		const { message } = await ask('GONE');
		expect(message).toMatch(/^Order GONE was deleted at 20\d\d-.*, so it has no label \[Item 0\]$/);
	});

	it('of a completed order: then the assumed path', async () => {
		await order('DONE');
		bench.sandbox.fault({ kind: 'status', path: LABEL, status: 404 });
		const { message, description } = await ask('DONE');
		expect(message).toMatch(
			/^TW gives no label for order DONE yet, though it is completed: .+ \[Item 0\]$/,
		);
		expect(description).toMatch(
			/^The label may follow: run this item again in a few minutes\. .*the path \/api\/v2\/orderLabel is an assumption/,
		);
	});

	it('of an order that TW gives an empty answer for', async () => {
		bench.sandbox.set({ stateStepMs: NEVER });
		await order('EARLY');
		bench.sandbox.fault({ kind: 'rawBody', path: LABEL, body: '{"code":200,"data":[]}' });
		expect((await ask('EARLY')).message).toContain('Order EARLY is not completed yet');
	});

	it('names all causes in their order, if TW does not show the order either', async () => {
		bench.sandbox.set({ stateStepMs: NEVER });
		await order('EARLY');
		bench.sandbox.fault({ kind: 'status', path: INFO, status: 503 });
		const { message, description } = await ask('EARLY');
		expect(message).toBe('TW gives no label for order EARLY yet: there is no label yet [Item 0]');
		expect(description).toMatch(
			/not be completed yet.*number.*path \/api\/v2\/orderLabel is an assumption/,
		);
	});

	it('asks nothing more of what is no answer of TW', async () => {
		bench.sandbox.fault({ kind: 'status', path: LABEL, status: 404, body: '<html>nginx</html>' });
		const { message, description } = await ask('DONE');
		expect(message).toContain("Nothing is at TW's path /api/v2/orderLabel ('Download the label')");
		expect(description).toMatch(
			/^Check 'Base URL'.*the path \/api\/v2\/orderLabel is an assumption/,
		);
		expect(paths(bench.sandbox)).toEqual([LABEL]);
	});
});
