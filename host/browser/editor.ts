import type { Locator, Page } from 'playwright-core';
import type { N8n } from '../n8n';
import type { WorkflowFile } from '../rest';

/** n8n's editor, as a person uses it: everything waits for what it needs. */
export class Editor {
	constructor(
		readonly page: Page,
		private readonly n8n: N8n,
	) {}

	/** A part of the editor by n8n's own test name. */
	part(name: string): Locator {
		return this.page.locator(`[data-test-id="${name}"]`);
	}

	/** The parameter of this name in the open node panel. */
	parameter(name: string): Locator {
		return this.part(`parameter-input-${name}`);
	}

	/** Opens a new flow with these nodes and connections. */
	async openFlow(flow: WorkflowFile): Promise<void> {
		const { id } = await this.n8n.rest.createWorkflow(flow);
		// Between two flows the editor would keep parts of the first
		await this.page.goto('about:blank');
		await this.page.goto(`${this.n8n.url}/workflow/${id}`);
		await this.part('canvas-node').first().waitFor();
	}

	/** Searches the node panel, and waits until it shows the wanted entry. */
	async search(words: string, wanted: string): Promise<void> {
		const bar = this.part('node-creator-search-bar');
		// Until the list is empty it may still be that of the last search
		await bar.fill('no node is called this');
		await this.part('item-iterator-item').first().waitFor({ state: 'detached' });
		await bar.fill(words);
		await this.found(wanted).waitFor();
	}

	/** An entry of the node panel. */
	found(name: string): Locator {
		const title = this.page.locator('[data-test-id="node-creator-item-name"]', {
			hasText: new RegExp(`^\\s*${name}\\s*$`),
		});
		return this.part('item-iterator-item').filter({ has: title }).first();
	}

	async type(parameter: string, value: string): Promise<void> {
		await this.parameter(parameter).locator('input').fill(value);
	}

	async choose(parameter: string, option: string): Promise<void> {
		await this.parameter(parameter).click();
		await this.page.getByRole('option', { name: option }).click();
	}

	/** Opens a list that the node loads from TW; the texts of its entries. */
	async openList(parameter: string): Promise<string[]> {
		await this.parameter(parameter).locator('[data-test-id="rlc-input"]').click();
		await this.part('rlc-item').first().waitFor();
		return await this.part('rlc-item').allInnerTexts();
	}

	/** Runs the open node and waits for words in its output, a result's or an error's. */
	async run(expected: string): Promise<string> {
		await this.part('node-execute-button').click();
		const output = this.part('output-panel');
		await output.getByText(expected).first().waitFor();
		return await output.innerText();
	}
}

/** A flow that starts with a click. */
export function manualFlow(name: string): WorkflowFile {
	return {
		name,
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
		],
		connections: {},
		settings: { executionOrder: 'v1' },
	};
}
