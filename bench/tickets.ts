/** What Tickets per Request saves, and that every item gets the same result. */
import { isDeepStrictEqual } from 'node:util';
import type { ChainNode } from '../host/faults/flow';
import type { Report } from './report';
import { ratioOf } from './rounds';
import { type Scale } from './speed';
import { type BenchStage, executionTime, measuredFlow } from './stage';
import type { Vendor } from './vendor-process';

const PER_REQUEST = 50;

const create = (ticketsPerRequest: number): ChainNode => ({
	name: 'Create',
	type: 'n8n-nodes-tw-td.twOrder',
	typeVersion: 1,
	parameters: {
		operation: 'create',
		specifyOrder: 'json',
		orderJson: '={{ $json.order }}',
		waitForCompletion: false,
		remember: 'no',
		options: { ticketsPerRequest },
	},
});

export async function measureTickets(
	stage: BenchStage,
	vendor: Vendor,
	{ items, rounds }: Scale,
	report: Report,
): Promise<void> {
	const flow = async (tickets: number) =>
		await measuredFlow(
			stage,
			`${tickets} per request`,
			items,
			[create(tickets)],
			stage.credentials,
		);
	const flows = { single: await flow(1), batched: await flow(PER_REQUEST) };
	const times = { single: [] as number[], batched: [] as number[] };
	const requests = { single: 0, batched: 0 };
	const outputs = { single: [] as unknown[], batched: [] as unknown[] };
	for (let round = 0; round <= rounds; round++) {
		for (const name of ['single', 'batched'] as const) {
			await vendor.counts();
			const runs = await flows[name].run();
			requests[name] = (await vendor.counts()).requests;
			outputs[name] = runs[0]!.data!.main[0]!.map(({ json }) => json);
			if (round > 0) times[name].push(executionTime(runs));
		}
	}
	const part = `Create, ${PER_REQUEST} tickets per request beside one`;
	report.add({ part, what: 'requests', value: requests.batched / requests.single, digits: 3 });
	report.add({ part, what: 'time', value: ratioOf(times.batched, times.single) });
	const differing = outputs.single.filter((one, i) => !isDeepStrictEqual(one, outputs.batched[i]));
	const count = differing.length + Math.abs(outputs.single.length - outputs.batched.length);
	const what = `items of ${items} with another result`;
	report.add({ part, what, value: count, digits: 0, unit: '', atMost: 0 });
}
