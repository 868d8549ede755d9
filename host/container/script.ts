import { statSync } from 'node:fs';
import { join } from 'node:path';
import { exampleOrder } from '../example-flow';
import { signIn, type InstalledHost } from '../n8n';

import { newOwner } from '../demo-state';
import type { Shutdown } from '../shutdown';
import { checkOrder } from '../smoke/check-order';
import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { send } from '../shop';
import { buildFlow, buildProps } from '../smoke/stage';
import { webhookListens } from '../webhook';
import { asVolume, EXTENSIONS, inContainer, launchInContainer, type Container } from './container';

/** What n8n 3 wants to be told before it loads us. */
const settings = { N8N_UNVERIFIED_PACKAGES_ENABLED: 'true' };
const owner = newOwner('container@example.com');

/** n8n as its image runs it, with our package in the data volume, then in the image. */
export async function containerChecks(
	host: InstalledHost,
	logFile: string,
	shutdown: Shutdown,
	checks: Checks,
): Promise<void> {
	const { port, brokerPort, ...props } = await buildProps(host, 'container', shutdown);
	const container = { volume: asVolume(join(props.userFolder, '.n8n')) };
	const start = async () => {
		const n8n = launchInContainer(host, container, { port, brokerPort, settings }, logFile);
		shutdown.add(() => n8n.process.stop());
		await signIn(n8n, owner);
		return n8n;
	};

	await checks.check(
		'its user has no rights, and can write to the volume and its scratch only',
		() => {
			checkRights(host, container);
		},
	);
	const n8n = await checks.check('n8n starts with the package in its volume', start);
	if (!n8n) return;
	const stage = { host, n8n, ...props };
	const flow = await checks.check('the example flow is imported, its trigger listens', () =>
		buildFlow(stage),
	);
	if (!flow) return;
	await checkOrder(stage, flow, checks);
	await checks.check('what was sent is remembered in the volume, for its user alone', () => {
		const { uid, mode } = statSync(join(container.volume, 'n8n-nodes-tw-td', 'register.db'));
		expectEqual('owner and rights', `${uid} ${(mode & 0o777).toString(8)}`, '1000 600');
	});
	await checks.check('a new container on the same volume sends no order again', async () => {
		await n8n.process.stop();
		await start();
		await webhookListens(flow.shop.url);
		expectEqual('HTTP status', await send(flow.shop, 'shopify', exampleOrder()), 200);
		expectEqual('orders', props.sandbox.ledger().orders.length, 1);
	});
	await checks.check('an image that brings the package along offers the same nodes', () =>
		checkImage(host, logFile, shutdown),
	);
}

function checkRights(host: InstalledHost, container: Container): void {
	const places =
		'/ /usr /etc /opt/n8n /opt/n8n/node_modules/n8n /opt/node/bin /home/node /tmp /home/node/.cache /home/node/.n8n';
	const said = inContainer(
		host,
		container,
		`id -u; grep CapEff /proc/self/status | tr -d '\\t'; for place in ${places}; do if [ -w $place ]; then echo $place; fi; done`,
	);
	expectEqual(
		'user, capabilities, what it can write to',
		said.trim().split('\n').join(' '),
		'1000 CapEff:0000000000000000 /tmp /home/node/.cache /home/node/.n8n',
	);
}

/** docs/docker.md, In the image: the volume is empty, the package is a custom extension. */
async function checkImage(host: InstalledHost, logFile: string, shutdown: Shutdown): Promise<void> {
	const { userFolder, packageFolder, port, brokerPort } = await buildProps(host, 'image', shutdown);
	const container = {
		volume: asVolume(join(userFolder, 'empty')),
		also: { [EXTENSIONS]: packageFolder },
	};
	const place = { port, brokerPort, settings: { ...settings, N8N_CUSTOM_EXTENSIONS: EXTENSIONS } };
	const n8n = launchInContainer(host, container, place, logFile);
	shutdown.add(() => n8n.process.stop());
	await signIn(n8n, owner);
	const ours = (await n8n.rest.listTypes('nodes')).map(({ name }) => name);
	for (const name of ['twOrder', 'shopTrigger', 'tdOrderEvent']) {
		expect(ours.includes(`CUSTOM.${name}`), `CUSTOM.${name} is missing`);
	}
}
