/** Reads and checks every item's parameters, before anything is sent. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { isDeepStrictEqual } from 'node:util';
import { asFault, ValidationFault } from '../base/errors';
import { inputReader } from '../operation/input';
import {
	type AnyOperation,
	type Call,
	type EarlierItem,
	OPTIONS,
	parameterNames,
	NoRequest,
} from '../operation/operation';
import { commonOptions, resolvesDirectly } from '../operation/options';
import { tookEffect } from '../base/outcome';
import { ParameterReader, shortcutsOf } from '../expressions/parameters';
import type { CheckedItem } from './plan';
import type { NodeProfile, RunClient } from './profile';

/** @throws n8n's own error for an expression that it can't evaluate, unless the node continues on fail */
export function readItems<Client extends RunClient>(
	host: IExecuteFunctions,
	profile: NodeProfile<Client>,
	operation: AnyOperation<Client>,
	call: Pick<Call<Client>, 'client' | 'startedAt'>,
): CheckedItem[] {
	const names = parameterNames(operation);
	let errorOfN8n: unknown;
	const read = (name: string, item: number) => {
		try {
			return host.getNodeParameter(name, item);
		} catch (error) {
			throw asError((errorOfN8n = error));
		}
	};
	const stored = host.getNode().parameters;
	const shortcuts = shortcutsOf(host, resolvesDirectly(stored[OPTIONS]));
	const parameters = new ParameterReader(stored, read, shortcuts);
	const reader = inputReader(operation, commonOptions(profile.vendor), {
		zone: host.getTimezone(),
		region: call.client.region,
	});
	let reading = 0;
	const calling = { ...call, stored, earlierItem: earlierItemOf(host, () => reading) };
	return host.getInputData().map(({ json, binary }, i) => {
		if (operation.passesOn && !tookEffect(json['outcome'])) {
			return new NoRequest([{ json, ...(binary ? { binary } : {}) }]);
		}
		reading = i;
		try {
			return reader.read(parameters.values(names, i), calling);
		} catch (error) {
			if (error !== errorOfN8n) return asFault(error);
			// n8n shows its own errors; with Continue on Fail this one belongs to the item
			if (host.continueOnFail()) return new ValidationFault(messageOf(error), 'Expression');
			throw asError(error);
		}
	});
}

/** @param item the index of the item that is being read */
function earlierItemOf(host: IExecuteFunctions, item: () => number): EarlierItem {
	return (nodeType, given) => {
		const own = host.getInputData()[item()]?.json;
		if (!isDeepStrictEqual(given, own)) return undefined;
		// n8n lists them from the start of the flow on and puts the package before a node's type
		const nearest = host
			.getParentNodes(host.getNode().name)
			.findLast(({ type }) => type.slice(type.lastIndexOf('.') + 1) === nodeType);
		return nearest && pairedItem(host, nearest.name, item());
	};
}

/** The json of the item of another node that an item has come from; undefined if n8n finds none. */
function pairedItem(host: IExecuteFunctions, node: string, item: number): unknown {
	type Nodes = { $: (node: string) => { item: { json: unknown } | undefined } };
	try {
		return (host.getWorkflowDataProxy(item) as Nodes).$(node).item?.json;
	} catch {
		// n8n can't say which item it comes from, or that node has not run
		return undefined;
	}
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const asError = (error: unknown) => error as Error;
