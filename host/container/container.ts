import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { n8nEnvironment, type Place } from '../environment';
import { n8nScript, type InstalledHost, type N8n } from '../n8n';
import { startProgram } from '../processes';
import { N8nRest } from '../rest';

/** The user of n8n's image. */
const USER = '1000';
const HOME = '/home/node';
const APPLICATION = '/opt/n8n';
const NODE = '/opt/node';
/** Where an image that brings our package along has it, as docs/docker.md says. */
export const EXTENSIONS = '/opt/n8n-nodes/node_modules/n8n-nodes-tw-td';

/** Gone with the container; n8n writes the files of its editor into the second. */
const SCRATCH = ['/tmp', `${HOME}/.cache`];

/** What the image has in /etc, as far as it matters. */
const ETC = {
	passwd: `node:x:${USER}:${USER}::${HOME}:/bin/sh\n`,
	group: `node:x:${USER}:\n`,
	hosts: '127.0.0.1 localhost\n',
};

/** What is mounted stands in these; bubblewrap would open those that it makes itself to root alone. */
const FOLDERS = ['/home', HOME, '/opt', dirname(dirname(EXTENSIONS)), dirname(EXTENSIONS)];

/** A container like n8n's own, made with bubblewrap. */
export interface Container {
	/** What is mounted at /home/node/.n8n. */
	volume: string;
	/** Folders that the image has beside n8n and Node, by where it has them. */
	also?: Readonly<Record<string, string>>;
}

/**
 * Gives a folder on this machine the form of a container's data volume: it belongs to n8n's user.
 *
 * @param volume the folder; it is made if it is not there
 */
export function asVolume(volume: string): string {
	mkdirSync(volume, { recursive: true });
	execFileSync('chown', ['-R', `${USER}:${USER}`, volume]);
	return volume;
}

/** Starts n8n in a container; its network is this machine's, so that the sandbox can be reached. */
export function launchInContainer(
	host: InstalledHost,
	container: Container,
	{ port, brokerPort, settings }: Omit<Place, 'userFolder'>,
	logFile: string,
): N8n {
	const inner = { ...host, folder: APPLICATION, node: join(NODE, 'bin', 'node') };
	const env = n8nEnvironment(inner, {
		userFolder: HOME,
		port,
		brokerPort,
		settings: { HOME, NODE_ENV: 'production', ...settings },
	});
	const command = [...wrap(host, container), inner.node, n8nScript(inner), 'start'];
	const process = startProgram('bwrap', command, { cwd: container.volume, env, logFile });
	const url = `http://127.0.0.1:${port}`;
	return { url, rest: new N8nRest(url), process, logFile };
}

/** Runs a line of shell in a container, to its end; gives what it says. */
export function inContainer(host: InstalledHost, container: Container, line: string): string {
	return execFileSync('bwrap', [...wrap(host, container), '/bin/sh', '-c', line], {
		encoding: 'utf8',
	});
}

/** Everything is read-only but the scratch and the volume; the user owns nothing else and has no capability. */
function wrap(host: InstalledHost, { volume, also = {} }: Container): string[] {
	const readOnly: Record<string, string> = {
		'/usr': '/usr',
		'/etc': etcBeside(volume),
		[APPLICATION]: host.folder,
		[NODE]: join(dirname(host.node), '..'),
		...also,
	};
	return [
		...FOLDERS.flatMap((folder) => ['--perms', '0755', '--dir', folder]),
		...Object.entries(readOnly).flatMap(([inside, outside]) => ['--ro-bind', outside, inside]),
		...['bin', 'lib', 'lib64', 'sbin'].flatMap((name) => ['--symlink', `usr/${name}`, `/${name}`]),
		...['--proc', '/proc', '--dev', '/dev'],
		...SCRATCH.flatMap((folder) => ['--perms', '1777', '--tmpfs', folder]),
		...['--bind', volume, `${HOME}/.n8n`, '--chdir', HOME, '--remount-ro', '/'],
		...['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--die-with-parent'],
		...['/usr/bin/setpriv', `--reuid=${USER}`, `--regid=${USER}`, '--clear-groups'],
		...['--bounding-set=-all', '--inh-caps=-all', '--no-new-privs'],
	];
}

function etcBeside(volume: string): string {
	const etc = join(dirname(volume), 'etc');
	mkdirSync(etc, { recursive: true });
	for (const [name, text] of Object.entries(ETC)) writeFileSync(join(etc, name), text);
	return etc;
}
