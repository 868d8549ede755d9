/** The reader of a node's parameters in one run. */
import { type IExecuteFunctions, isSafeObjectProperty } from 'n8n-workflow';
import { type Items, ParameterReader } from './parameters';
import { resolvesDirectly } from './runner-options';
import { OPTIONS } from './operation';

/** Reads from n8n what can't be told otherwise. */
export function parameterReader(host: IExecuteFunctions): ParameterReader {
	return new ParameterReader(
		host.getNode().parameters,
		(name, item) => host.getNodeParameter(name, item),
		itemsOf(host),
	);
}

/** The items for simple expressions, unless the user does not want that or it can't be right. */
function itemsOf(host: IExecuteFunctions): Items | undefined {
	const items = host.getInputData();
	const isWanted = resolvesDirectly(host.getNode().parameters[OPTIONS]);
	// Hosts that do not tell which keys they refuse may refuse others
	if (!isWanted || typeof isSafeObjectProperty !== 'function') return undefined;
	const isInput = (item: number) => jsonInExpressions(host, item) === items[item]?.json;
	// In a tool of an AI agent, `$json` is the agent's item and not the tool's input
	if (items.length === 0 || !isInput(0) || !isInput(items.length - 1)) return undefined;
	return { json: (item) => items[item]?.json, isSafeKey: isSafeObjectProperty };
}

/** What `$json` is in an item's expressions, the object itself. */
function jsonInExpressions(host: IExecuteFunctions, item: number): unknown {
	try {
		return host.getWorkflowDataProxy(item).$json;
	} catch {
		// There is no such item for expressions; n8n says so to whoever evaluates one
		return undefined;
	}
}
