import type {
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeListSearchResult,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeApiError, NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';

/**
 * A node that shows what the engine gives a node. Each item says on its own what should happen to
 * it, so that a test reads as one table of items.
 */
export class Parrot implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Parrot',
		name: 'parrot',
		group: ['transform'],
		version: 1,
		description: 'Repeats what it hears',
		defaults: { name: 'Parrot' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [
			{ displayName: 'Text', name: 'text', type: 'string', default: 'hello', required: true },
			{ displayName: 'Fail Until Try', name: 'failUntilTry', type: 'number', default: 0 },
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				options: [{ displayName: 'Loud', name: 'loud', type: 'boolean', default: false }],
			},
		],
	};

	methods = {
		listSearch: {
			async words(
				this: ILoadOptionsFunctions,
				filter?: string,
				paginationToken?: string,
			): Promise<INodeListSearchResult> {
				const language = this.getCurrentNodeParameter('language') as string;
				const words = [`${language} hello`, `${language} goodbye`];
				return {
					results: words
						.filter((word) => word.includes(filter ?? ''))
						.map((word) => ({ name: word, value: word })),
					...(paginationToken === undefined && { paginationToken: 'page-2' }),
				};
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const context = this.getContext('node');
		const tries = Number(context.tries ?? 0) + 1;
		context.tries = tries;

		if (tries < (this.getNodeParameter('failUntilTry', 0) as number)) {
			throw new NodeApiError(
				this.getNode(),
				{ message: 'Not yet', code: '503' },
				{ message: `Failed on try ${tries}`, httpCode: '503', itemIndex: 0 },
			);
		}

		const output: INodeExecutionData[] = [];
		for (const [item, { json }] of this.getInputData().entries()) {
			try {
				output.push({ json: hear(this, json, item, tries), pairedItem: { item } });
			} catch (error) {
				if (!this.continueOnFail()) throw error;
				output.push({ json: { error: (error as Error).message }, pairedItem: { item } });
			}
		}
		return [output];
	}

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const state = this.getWorkflowStaticData('node');
		if (this.getMode() === 'manual') return [[{ json: { sample: true } }]];
		const seen = Number(state.seen ?? 0);
		if (seen >= 2) return null;
		state.seen = seen + 1;
		return [[{ json: { number: state.seen, timezone: this.getTimezone() } }]];
	}
}

function hear(
	context: IExecuteFunctions,
	json: IDataObject,
	item: number,
	tries: number,
): IDataObject {
	if (json.fails) {
		throw new NodeOperationError(context.getNode(), `Item ${item} fails`, { itemIndex: item });
	}
	const { loud } = context.getNodeParameter('options', item) as { loud?: boolean };
	const text = context.getNodeParameter('text', item) as string;
	return {
		text: loud ? text.toUpperCase() : text,
		tries,
		mode: context.getMode(),
		executionId: context.getExecutionId(),
		timezone: context.getTimezone(),
	};
}
