/**
 * What people type or map into the fields of an order, kind by kind: what is certain goes out in TW's form, the rest is
 * refused by the field's name, and nothing goes out.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { bodiesTo, complaint, FORECAST, outputOf, paths } from '../../observed';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const address = {
	consignee_by: 'address',
	consignee_name: 'Nathan Smith',
	consignee_address: '1 Example Street',
	consignee_city: 'Minneapolis',
	consignee_stateProvince: 'MN',
	consignee_postcode: '55401',
	consignee_countryCode: 'US',
};
const X = '={{ $json.x }}';
const order = (overrides: INodeParameters) =>
	createParameters({ no: 'ORD-1', waitForCompletion: false, ...address, ...overrides });
const inJson = (consignee: IDataObject): INodeParameters => ({
	operation: 'create',
	waitForCompletion: false,
	specifyOrder: 'json',
	orderJson: JSON.stringify({
		...{ no: 'ORD-1', product: 'UA', consignee },
		boxes: [{ number: 1, weight: 5, length: 20, width: 20, height: 20 }],
	}),
});

async function sent(parameters: INodeParameters, x: unknown): Promise<unknown> {
	outputOf(await bench.run('twOrder', parameters, [{ x } as IDataObject]));
	const [body] = bodiesTo(bench.sandbox, FORECAST) as [{ tickets: unknown[] }];
	return body.tickets[0];
}

async function refusal(parameters: INodeParameters, x: unknown): Promise<string> {
	const refused = complaint(await bench.run('twOrder', parameters, [{ x } as IDataObject]));
	expect(paths(bench.sandbox)).toEqual([]);
	expect(refused.description).toContain('Nothing was sent');
	return refused.message;
}

describe('a country', () => {
	it.each([
		['US', 'US'],
		[' us ', 'US'],
		['USA', 'US'],
		['usa', 'US'],
		['U.S.A.', 'US'],
		['United States', 'US'],
		['united states of america\n', 'US'],
		['Vereinigte Staaten', 'US'],
		['美国', 'US'],
		['CAN', 'CA'],
		['Mexico', 'MX'],
		['México', 'MX'],
		['UK', 'GB'],
	])('%j is sent as %s', async (x, countryCode) => {
		expect(await sent(order({ consignee_countryCode: X }), x)).toMatchObject({
			consignee: { countryCode },
		});
		await bench.sandbox.reset();
		expect(await sent(inJson({ name: 'N', countryCode: x }), x)).toMatchObject({
			consignee: { countryCode },
		});
	});

	it.each(['Minnesota', 'MN, USA', 'XX', '1', '840', 'America', 'U', 'EU'])(
		'%j is refused',
		async (x) => {
			const right = 'must be a country, best as its code of 2 letters, such as US';
			expect(await refusal(order({ consignee_countryCode: X }), x)).toContain(
				`'Country Code' ${right}`,
			);
			expect(await refusal(inJson({ countryCode: x }), x)).toContain(
				`'consignee.countryCode' in 'Order (JSON)' ${right}`,
			);
		},
	);
});

describe('blanks around a text', () => {
	it.each([
		'name',
		'companyName',
		'address',
		'address2',
		'city',
		'stateProvince',
		'postcode',
		'phone',
	])('do not go out with %s', async (member) => {
		for (const x of [' 55401', '55401 ', '\t55401\n', '\u00a055401\u3000', '\ufeff55401\u200b']) {
			await bench.sandbox.reset();
			expect(await sent(order({ [`consignee_${member}`]: X }), x)).toMatchObject({
				consignee: { [member]: '55401' },
			});
		}
	});

	it('do not go out with a channel, a warehouse, a note or a reference', async () => {
		const parameters = order({
			consignee_by: 'warehouse',
			consignee_warehouse: X,
			product: { __rl: true, mode: 'code', value: ' UA\n' },
			additionalFields: { note: X },
			boxes: {
				item: [
					{
						...{ number: 1, weight: 5, length: 20, width: 20, height: 20 },
						referenceNumbers: { item: [{ text: X }] },
					},
				],
			},
			...Object.fromEntries(
				Object.keys(address)
					.slice(1)
					.map((name) => [name, '']),
			),
		});
		expect(await sent(parameters, '\u00a0MSP1 ')).toMatchObject({
			product: 'UA',
			consignee: 'MSP1',
			note: 'MSP1',
			boxes: [{ referenceNumbers: ['MSP1'] }],
		});
	});

	it('make no second order: the number is the same with and without them', async () => {
		for (const x of ['ORD-7', ' ORD-7', 'ORD-7\u00a0', '\u200bORD-7\n']) {
			const run = await bench.run('twOrder', order({ no: X }), [{ x }]);
			expect(outputOf(run)[0]).toMatchObject({ no: 'ORD-7' });
		}
		expect(bodiesTo(bench.sandbox, FORECAST)).toHaveLength(1);
	});
});
