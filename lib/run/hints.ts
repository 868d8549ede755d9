import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

/** How much a hint stands out; of what the user should see to it is a warning. */
export type HintType = Extract<NonNullable<NodeExecutionHint['type']>, 'info' | 'warning'>;

export type Hint = (message: string, type?: HintType) => void;

/** Says things above the node's output, the same words once; hosts that show no hints are told nothing. */
export function hintsOf(host: IExecuteFunctions): Hint {
	const said = new Set<string>();
	return (message, type = 'warning') => {
		if (said.has(message) || typeof host.addExecutionHints !== 'function') return;
		said.add(message);
		host.addExecutionHints({ message, location: 'outputPane', type });
	};
}
