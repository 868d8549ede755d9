/** What a node before this one gave, of which an item has come. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { isDeepStrictEqual } from 'node:util';
import type { Before } from '../operation/operation';

/** @param item index of the item that is being read */
export function beforeOf(host: IExecuteFunctions, item: () => number): Before {
	return (nodeType, given) => {
		const own = host.getInputData()[item()]?.json;
		if (!isDeepStrictEqual(given, own)) return undefined;
		// From the start of the flow on, so that the last one is the nearest
		const earlier = host
			.getParentNodes(host.getNode().name)
			.filter(({ type }) => nameOf(type) === nodeType);
		return earlier.length === 0 ? undefined : pairedWith(host, earlier.at(-1)!.name, item());
	};
}

function pairedWith(host: IExecuteFunctions, name: string, item: number): unknown {
	try {
		const { $ } = host.getWorkflowDataProxy(item) as { $: (name: string) => { item: Paired } };
		return $(name).item?.json;
	} catch {
		// n8n can't tell which item it comes from, or that node has not run: then there is none
		return undefined;
	}
}

/** n8n puts the package before a node's name. */
const nameOf = (type: string) => type.slice(type.lastIndexOf('.') + 1);

type Paired = { json: unknown } | undefined;
