import type { Locator, Page } from 'playwright-core';
import type { N8n } from '../n8n';
import { until } from '../poll';
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

	/** Opens a new flow with nothing in it. */
	async openEmpty(): Promise<void> {
		await this.page.goto('about:blank');
		await this.page.goto(`${this.n8n.url}/workflow/new`);
		await this.part('canvas-add-button').waitFor();
	}

	/** Opens a node of the flow on the canvas. */
	async openNode(name: string): Promise<void> {
		await this.part('canvas-node').filter({ hasText: name }).first().dblclick();
		await this.part('ndv').waitFor();
	}

	/** Opens a node in an execution that is over; its output panel, once it shows these words. */
	async openOutput(
		{ id }: { id: string },
		execution: string,
		node: string,
		expected: string | RegExp,
	): Promise<Locator> {
		await this.page.goto('about:blank');
		await this.page.goto(`${this.n8n.url}/workflow/${id}/executions/${execution}`);
		// n8n 2.8 shows the execution in a frame of its own
		const shown = await until(`node ${node} of the execution`, async () => {
			for (const frame of this.page.frames()) {
				const nodes = frame.locator('[data-test-id="canvas-node"]').filter({ hasText: node });
				if ((await nodes.count()) > 0) return { frame, found: nodes.first() };
			}
			return undefined;
		});
		await shown.found.dblclick();
		const output = shown.frame.locator('[data-test-id="output-panel"]');
		await output.getByText(expected).first().waitFor();
		return output;
	}

	/** Closes the open node. */
	async leaveNode(): Promise<void> {
		await this.part('ndv-close-button').click();
		await this.part('ndv').waitFor({ state: 'detached' });
	}

	/** Adds a node from the open node panel; its own panel is open then. */
	async add(words: string, node: string, action: string): Promise<void> {
		await this.search(words, node);
		await this.found(node).click();
		await this.found(action).click();
		await this.part('node-parameters').waitFor();
	}

	/** Adds a node behind the last one. */
	async addBehind(node: string, action: string): Promise<void> {
		await this.part('canvas-handle-plus').last().click();
		await this.add(node, node, action);
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
		const named = this.page.locator('[data-test-id="parameter-input-item"]').filter({
			has: this.page.getByText(option, { exact: true }),
		});
		await named.first().click();
	}

	/** Opens a list that the node loads from TW; the texts of its entries. */
	async openList(parameter: string): Promise<string[]> {
		await this.parameter(parameter).locator('[data-test-id="rlc-input"]').click();
		await this.part('rlc-item').first().waitFor();
		return await this.part('rlc-item').allInnerTexts();
	}

	/** Drags a field of the input onto a parameter. */
	async drag(field: Locator, onto: Locator): Promise<void> {
		await onto.scrollIntoViewIfNeeded();
		await field.hover();
		await this.page.mouse.down();
		// In steps: n8n begins to drag with the first movement, and looks for its aim with the next
		const { x, y, width, height } = (await onto.boundingBox())!;
		await this.page.mouse.move(x + width / 2, y + height / 2, { steps: 8 });
		await this.page.mouse.up();
	}

	/** Runs the open node and waits for words in its output, a result's or an error's. */
	async run(expected: string | RegExp): Promise<string> {
		await this.part('node-execute-button').first().click();
		return await this.output(expected);
	}

	/** What the output of the open node says, once it says these words. */
	async output(expected: string | RegExp): Promise<string> {
		const output = this.part('output-panel');
		const shown = output.getByText(expected).first().waitFor({ timeout: RUN_MS });
		await shown.catch(async () => {
			throw new Error(`Expected ${String(expected)}, the panel says:\n${await output.innerText()}`);
		});
		return await output.innerText();
	}
}

/** How long a node may run; milliseconds. */
const RUN_MS = 15_000;

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
