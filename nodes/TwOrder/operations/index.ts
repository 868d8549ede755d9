/** The operations of TW Order, in the order the editor lists them. */
import { buyCheapest } from './buyCheapest';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getChannels } from './getChannels';
import { getManyRemembered } from './getManyRemembered';
import { getFee } from './getFee';
import { getStatus } from './getStatus';
import { quote } from './quote';

export const twOrderOperations = [
	buyCheapest,
	create,
	remove,
	get,
	getFee,
	getChannels,
	getManyRemembered,
	getStatus,
	quote,
];
