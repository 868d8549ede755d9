/** Read a T86 bag: TW's "Query bag information" [ASSUMED: path, body and answer]. */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import { withoutNulls } from '../../../lib/operation/rows';
import { bagFields } from '../../../lib/tw/bags/bag';
import { bagMembers } from '../../../lib/tw/wire/members';
import { isRecord } from '../../../lib/base/json';
import { twOperation } from '../../shared/tw';

export const get = twOperation({
	value: 'get',
	name: 'Get',
	action: 'Get a bag',
	description: 'Read what is in a bag and how far it has come',
	kind: 'read',
	endpoints: ['bagInfo'],
	output: { usual: () => z.looseObject(withoutNulls(bagMembers().shape)) },
	fields: bagFields,
	performEach: async ({ client, limits }, { body }) => {
		// A 404 stays as it is: only the user can know whether the bag or the assumed path is wrong.
		const bag = await client.call('bagInfo', body, { rule: 'read', ...limits });
		const json = isRecord(bag) ? (bag as IDataObject) : { response: bag as IDataObject };
		return [{ json: { bag_no: body.bag_no, ...json } }];
	},
});
