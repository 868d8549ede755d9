/** The ready flows as they are imported: what is to be filled in is marked, and the canvas is readable. */
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { shopOrderFile } from '../../example-flow';
import { readFlow, workflowsFolder } from '../../flow-file';
import type { FlowStage } from '../../flows/stage';
import type { WorkflowNode } from '../../rest';
import type { Checks } from '../../smoke/checks';
import { expect } from '../../smoke/expect';
import type { Editor } from '../editor';
import type { Pictures } from './pictures';

/** Nodes that mail to nobody yet. */
const isUnaddressed = ({ type, parameters }: WorkflowNode) =>
	type === 'n8n-nodes-base.emailSend' && !parameters['toEmail'];

export async function checkFlows(
	editor: Editor,
	{ credentials }: FlowStage,
	checks: Checks,
	keep: Pictures,
): Promise<void> {
	const files = readdirSync(workflowsFolder).filter(
		(file) => file.endsWith('.json') && file !== basename(shopOrderFile),
	);
	let mails = 0;
	for (const file of files) {
		await checks.check(`${file} marks the mails that have no address yet`, async () => {
			const flow = readFlow(file, credentials);
			await editor.openFlow(flow);
			await editor.part('zoom-to-fit').click();
			const unaddressed = flow.nodes.filter(isUnaddressed).map(({ name }) => name);
			mails += unaddressed.length;
			for (const name of unaddressed) await markOf(editor, name).waitFor();
			await keep(basename(file, '.json'), editor.part('canvas'));
		});
	}
	await checks.check('some flow mails', () => {
		expect(mails > 0, 'no flow has a mail without an address');
	});
}

/** The red mark of a node that lacks something. */
const markOf = (editor: Editor, node: string) =>
	editor
		.part('canvas-node')
		.filter({ hasText: node })
		.first()
		.locator('[data-test-id="node-issues"]');
