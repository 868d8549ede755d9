import type { JsonObject } from '../exchange';
import { labelDocument, labelType } from '../label/document';
import type { TwBackend } from './backend';
import { boxLabels } from './box-labels';
import { Refusal } from './envelope';
import { requiredText } from './members';

/**
 * POST /api/v2/orderLabel: where an order's label is. Path, body and answer (`labelShape`) are ASSUMED;
 * that the answer is a download address is [doc].
 */
export async function orderLabel(body: JsonObject, { orders, settings, labelUrl }: TwBackend) {
	const no = requiredText(body, 'no');
	const order = orders.findVisible(no);
	if (!order || orders.isRemoved(order)) throw new Refusal(404, 'order not found');
	const [main] = order.trackingNumbers;
	if (main === undefined) throw new Refusal(404, 'there is no label yet');

	const type = labelType(settings.labelFormat);
	const address = (folder: string, number: string) =>
		`${labelUrl}/labels/${folder}/${number}.${settings.labelFormat}`;
	const whole = address('order', main);
	const inline = async () =>
		(await labelDocument(boxLabels(order), settings.labelFormat)).toString('base64');

	switch (settings.labelShape) {
		case 'url':
			return whole;
		case 'list':
			return [whole];
		case 'member':
			return { no, label_url: whole, tracking_url: `${labelUrl}/track/${main}` };
		case 'base64':
			return inline();
		case 'dataUrl':
			return `data:${type};base64,${await inline()}`;
		case 'perBox':
			return order.trackingNumbers.map((number, index) => ({
				box_sequence_number: index + 1,
				tracking_number: number,
				url: address('box', number),
			}));
	}
}
