/** A good order in the fields of the form; as a body it is TW's own, of test/contract/examples.ts. */
import type { INodeParameters } from 'n8n-workflow';

/** A channel as the editor keeps it. */
export const channel = (value: string): INodeParameters => ({
	product: { __rl: true, mode: 'code', value },
});

export const toWarehouse: INodeParameters = {
	consignee_by: 'warehouse',
	consignee_warehouse: 'MSP1',
};

/** The address of TW's example. */
export const toAddress: INodeParameters = {
	consignee_by: 'address',
	consignee_countryCode: 'US',
	consignee_stateProvince: 'MN',
	consignee_city: 'Sampletown',
	consignee_postcode: '55000',
	consignee_address: '1 Example Street',
	consignee_name: 'Receiver',
	consignee_companyName: 'Example Inc.',
	consignee_phone: '1-555-0100',
};

/** Boxes, each as in TW's example of an order to an address but for what is said of it. */
export const boxes = (...changes: INodeParameters[]): INodeParameters => ({
	boxes: {
		item: changes.map((change) => ({
			...{ number: 1, weight: 5, length: 20, width: 20, height: 20 },
			...change,
		})),
	},
});
