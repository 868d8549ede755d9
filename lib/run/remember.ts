/** Opens the registers of a run: what the execution has sent, and what others have. */
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { asFault } from '../base/errors';
import type { Register, RememberPlace } from '../operation/needs';
import { ExecutionRegister, type EntryStore, type Meanwhile } from '../register/execution-register';
import { LookingRegister } from './looking-register';
import type { SqlRegister } from '../register/sql-register';
import { postgresRegister, registerFile, retentionFrom, sqliteRegister } from './registers';

/** Where n8n keeps the entries with the execution. */
const CONTEXT_MEMBER = 'twTdRegister';

/** Name of n8n's own credential type for PostgreSQL. */
const POSTGRES_CREDENTIAL = 'postgres';

const OTHER_WORKERS =
	"Orders are remembered in this n8n's own folder. n8n runs in queue mode, so workers with a folder of their own do not see them, and may send the same order again. Set 'Remember Orders' to In PostgreSQL; or, on one machine, let all workers share the folder .n8n.";

/**
 * The register at a place, opened on first use.
 *
 * @param hint says something above the node's output
 * @param meanwhile lets another item begin while one that was accepted is recorded
 */
export function registersOf(
	host: IExecuteFunctions,
	hint: (message: string) => void,
	meanwhile: Meanwhile,
): (place: RememberPlace) => Promise<Register> {
	return openerOf(host, hint, lastingRegister, meanwhile);
}

/** The same for a dry run: they can be looked at, and nothing in them is changed or forgotten. */
export function lookingRegistersOf(
	host: IExecuteFunctions,
	hint: (message: string) => void,
): (place: RememberPlace) => Promise<Register> {
	const open = openerOf(host, hint, registerAt);
	const looking = new Map<RememberPlace, Promise<Register>>();
	return async (place) => {
		const register =
			looking.get(place) ?? open(place).then((opened) => new LookingRegister(opened));
		looking.set(place, register);
		return await register;
	};
}

function openerOf(
	host: IExecuteFunctions,
	hint: (message: string) => void,
	lasting: typeof registerAt,
	meanwhile?: Meanwhile,
): (place: RememberPlace) => Promise<Register> {
	const entries = (host.getContext('flow')[CONTEXT_MEMBER] ??= {}) as EntryStore;
	const opened = new Map<RememberPlace, Promise<Register>>();
	const open = async (place: RememberPlace): Promise<Register> => {
		if (place === 'no') return new ExecutionRegister(entries);
		if (place === 'files' && isQueueMode()) hint(OTHER_WORKERS);
		return new ExecutionRegister(entries, await lasting(host, place), meanwhile);
	};
	return async (place) => {
		const register = opened.get(place) ?? open(place);
		opened.set(place, register);
		return await register;
	};
}

type Host = Pick<IExecuteFunctions | IWebhookFunctions, 'getCredentials' | 'logger'>;
type LastingPlace = Exclude<RememberPlace, 'no'>;

/**
 * The register that outlasts executions, at its place.
 *
 * @param host a node's context: of an execution, or of a webhook that is to start one
 */
export async function lastingRegister(host: Host, place: LastingPlace): Promise<SqlRegister> {
	const register = await registerAt(host, place);
	// Beside the run: what is old can wait, and that it can't be forgotten now harms nobody
	register.sweepIfDue(retentionFrom(env), Date.now()).catch((error: unknown) => {
		host.logger.warn(`Old entries could not be forgotten: ${asFault(error).message}`);
	});
	return register;
}

async function registerAt(host: Host, place: LastingPlace): Promise<SqlRegister> {
	if (place === 'files') return sqliteRegister(registerFile(env));
	return postgresRegister(
		await host.getCredentials<ICredentialDataDecryptedObject>(POSTGRES_CREDENTIAL),
	);
}

// eslint-disable-next-line @n8n/community-nodes/no-restricted-globals -- the host's settings are there, and n8n tells its nodes by nothing else that it has workers
const { env } = process;
const isQueueMode = () => env['EXECUTIONS_MODE'] === 'queue';
