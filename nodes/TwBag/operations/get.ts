/** Read a T86 bag: TW's "Query bag information" [ASSUMED: path, body and answer]. */
import type { IDataObject } from 'n8n-workflow';
import { NotFoundFault } from '../../../lib/errors';
import { type Operation, perItem } from '../../../lib/operation';
import { bagFields, findBag } from '../../../lib/tw/bag';
import type { TwClient } from '../../../lib/tw/client';
import { twEndpoints } from '../../../lib/tw/endpoints';
import { isRecord } from '../../../lib/tw/envelope';
import { assumedNotice } from '../../shared/tw';

export const get: Operation<TwClient, { bag_no: string }> = {
	value: 'get',
	name: 'Get',
	action: 'Get a bag',
	description: 'Read what is in a bag and how far it has come',
	kind: 'read',
	endpoints: [twEndpoints.bagInfo.title],
	notice: assumedNotice('bagInfo')!,
	fields: bagFields,
	perform: perItem(async ({ client, deadline, signal }, { body }) => {
		const bag = await findBag(client, body, { deadline, signal });
		if (bag === undefined) {
			throw new NotFoundFault(`TW does not have a bag ${body.bag_no}`, 'Check the number.');
		}
		const json = isRecord(bag) ? (bag as IDataObject) : { response: bag as IDataObject };
		return [{ json: { bag_no: body.bag_no, ...json } }];
	}),
};
