/** Orders of real shops that grow, delivery by delivery: through Shop Trigger's admission, TW Order and TD Order Event. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { complaint, outputOf } from '../observed';
import { useBench } from '../support';
import { admissionOf, type GrowingCase, growingCases } from './case';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const order: INodeParameters = {
	...{ operation: 'create', specifyOrder: 'shop', waitForCompletion: false },
	product: { __rl: true, mode: 'code', value: 'UA' },
	...{ packing: 'each', weightUnit: 'lb', boxLength: 12, boxWidth: 10, boxHeight: 4 },
};
const report = { operation: 'reportShopEvent', shopEvent: '={{ $json }}' };

/** What Shop Trigger puts out of each delivery. */
const itemsOf = ({ deliveries, ...one }: GrowingCase): IDataObject[] =>
	deliveries.map(([topic, body]) => {
		const admission = admissionOf({ ...one, topic, body, right: {} });
		if (admission.verdict !== 'wanted') throw new Error(JSON.stringify(admission));
		return admission.delivery as unknown as IDataObject;
	});

const parcels = () =>
	Object.fromEntries(
		bench.sandbox.ledger().orders.map(({ no, ticket }) => {
			const { boxes } = ticket as { boxes: Array<{ number: number }> };
			return [no, boxes.reduce((sum, box) => sum + box.number, 0)];
		}),
	);

describe.each(growingCases().map((one) => [one.name, one] as const))('%s', (_name, one) => {
	const { parcels: wanted, added, payments } = one.right;
	const choices = one.choices as INodeParameters;
	const create = async (item: IDataObject, ifGrown: string) =>
		await bench.run('twOrder', { ...order, ...choices, ifGrown }, [item]);

	it('says what was added, and sends nothing of it', async () => {
		expect(one.sources.length).toBeGreaterThan(0);
		const [first, ...more] = itemsOf(one);
		outputOf(await create(first!, 'fail'));
		const sent = parcels();
		for (const item of more) {
			expect(complaint(await create(item, 'fail')).message).toContain(`since: ${added}`);
		}
		expect(parcels()).toEqual(sent);
	});

	it('becomes another parcel, once', async () => {
		const items = itemsOf(one);
		for (const item of [...items, ...items]) outputOf(await create(item, 'another'));
		expect(parcels()).toEqual(wanted);
		expect(bench.sandbox.ledger().orders).toHaveLength(Object.keys(wanted).length);
	});

	it('is told to TD as it was paid', async () => {
		const items = itemsOf(one);
		for (const item of [...items, ...items]) {
			outputOf(await bench.run('tdOrderEvent', report, [item]));
		}
		const told = bench.sandbox.ledger().events.flatMap(({ raw }) => {
			const { payment } = JSON.parse(raw) as { payment?: { amount: { amount_local: number } } };
			return payment ? [payment.amount.amount_local] : [];
		});
		expect(told).toEqual(payments);
	});
});
