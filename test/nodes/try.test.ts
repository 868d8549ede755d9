import { openBench, createParameters, type Bench } from '../support';
let bench: Bench;
beforeAll(async () => {
	bench = await openBench();
});
afterAll(async () => {
	await bench.close();
});
test('create', async () => {
	const run = await bench.run('twOrder', createParameters({ waitForCompletion: true }), [
		{ no: 'A1' },
	]);
	console.log(run.error, (run.error as any)?.description, JSON.stringify(run.items, null, 1));
	const l = await bench.run('twLabel', { operation: 'download', no: '={{ $json.no }}' }, [
		{ no: 'A1' },
	]);
	console.log(
		l.error,
		(l.error as any)?.description,
		JSON.stringify(l.items, null, 1).slice(0, 500),
	);
	const t = await bench.run(
		'tdOrderEvent',
		{
			operation: 'order_ship',
			specifyBody: 'fields',
			order_id: 'A1',
			session_id: 's',
			terminal_ip: '1.2.3.4',
		},
		[{ no: 'A1' }],
	);
	console.log(
		t.error,
		(t.error as any)?.description,
		JSON.stringify(t.items, null, 1).slice(0, 500),
	);
	console.log(JSON.stringify(bench.sandbox.ledger(), null, 1).slice(0, 6000));
});
