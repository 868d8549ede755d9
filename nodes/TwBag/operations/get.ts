/** Read a T86 bag: TW's "Query bag information" [ASSUMED: path, body and answer]. */
import type { IDataObject } from 'n8n-workflow';
import { type Operation, perItem } from '../../../lib/operation/operation';
import { bagFields } from '../../../lib/tw/bags/bag';
import type { TwClient } from '../../../lib/tw/wire/client';
import { bagMembers } from '../../../lib/tw/wire/members';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { isRecord } from '../../../lib/base/json-value';
import { assumedNotice } from '../../shared/tw';

export const get: Operation<TwClient, { bag_no: string }> = {
	value: 'get',
	name: 'Get',
	action: 'Get a bag',
	description: 'Read what is in a bag and how far it has come',
	kind: 'read',
	endpoints: [twEndpoints.bagInfo.title],
	notice: assumedNotice('bagInfo')!,
	output: { usual: bagMembers },
	fields: bagFields,
	perform: perItem(async ({ client, limits }, { body }) => {
		// A 404 is left as it is: whether the bag or the assumed path is wrong, only the user can tell.
		const bag = await client.call('bagInfo', body, { rule: 'read', ...limits });
		const json = isRecord(bag) ? (bag as IDataObject) : { response: bag as IDataObject };
		return [{ json: { bag_no: body.bag_no, ...json } }];
	}),
};
