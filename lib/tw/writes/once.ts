/** Sends one small write (delete, bag actions) under the same rules as an order. */
import { DryRunFault } from '../../base/dry-run';
import { asFault, CancelledFault, Fault, UnknownOutcomeFault } from '../../base/errors';
import type { Limits } from '../../base/limits';
import type { Held } from '../../operation/needs';
import type { TwClient } from '../wire/client';
import { twEndpoints, type TwEndpointName } from '../wire/endpoints';
import { reasonOf, recorded } from '../../once/recorded';
import { claimWrite, foresee, lostBy, type Mark, type Remembering } from './claim';
import { type Ask, settleLoss, type Settled, settleWrite } from './settle';

export interface WriteOptions extends Remembering {
	limits: Limits;
	/** A retry from the executions list: ask TW before sending. */
	checkFirst: boolean;
}

/** A small write: what goes where, and how TW is asked whether it took effect. */
export interface Write {
	endpoint: TwEndpointName;
	body: object;
	mark: Mark;
	/** An `unclear` answer never leads to sending again. */
	ask: Ask<unknown>;
}

/** What became of a write. */
export interface Written {
	/** `data` of TW's answer; undefined if the answer was lost or not asked for again. */
	data?: unknown;
	/** TW shows that it took effect, although we have no answer to it from this try. */
	recovered: boolean;
	/** Another execution has sent it; nothing was sent now. */
	existing?: true;
	/** What the user should know about it. */
	remark?: string;
}

/**
 * Sends a write at most once on our own account.
 *
 * @throws a fault of errors.ts; {@link UnknownOutcomeFault} if it may have taken effect
 * @throws {DryRunFault} if the client is for a dry run
 */
export async function writeOnce(
	client: TwClient,
	write: Write,
	options: WriteOptions,
): Promise<Written> {
	const { ask, mark } = write;
	const { limits } = options;
	if (limits.signal?.aborted) throw new CancelledFault();
	if (client.isDry) throw await shown(client, write, options);
	const claim = await claimWrite(mark, options, limits);
	if ('fault' in claim) throw claim.fault;
	if ('standing' in claim) {
		const { standing } = claim;
		if (standing.state === 'accepted') {
			return {
				recovered: false,
				...(standing.execution === '' ? {} : { existing: true }),
				...(standing.answer ? { data: standing.answer['data'] } : {}),
			};
		}
		const settled = await settleLoss(ask, limits);
		if (settled.how === 'unknown') throw unknownWrite(write, lostBy(standing), settled.finding);
		await recorded(options.register.settle(mark.key, standing, 'accepted'));
		return { recovered: true };
	}
	const { held } = claim;
	if (options.checkFirst) {
		const answer = await askOrRelease(held, async () => await ask(limits));
		if ('found' in answer) {
			await recorded(held.settle('accepted'));
			return { recovered: true };
		}
	}
	for (let sends = 1; ; sends++) {
		const data = await attempt(client, write, options);
		if (!(data instanceof Fault)) {
			const remark = await recorded(held.settle('accepted', { data }));
			return { data, recovered: false, ...(remark ? { remark } : {}) };
		}
		const settled = await settleWrite(data, ask, { sends, ...limits });
		if (settled.how !== 'send-again') return await end(write, held, settled, data);
	}
}

/** For a dry run: the request that would leave, and what the register would do. */
async function shown(client: TwClient, write: Write, options: WriteOptions): Promise<Fault> {
	const fault = asFault(await attempt(client, write, options));
	if (!(fault instanceof DryRunFault)) return fault;
	return fault.with({ register: await foresee(write.mark, options) });
}

/** A check that fails leaves nothing sent. */
async function askOrRelease<Answer>(held: Held, ask: () => Promise<Answer>): Promise<Answer> {
	try {
		return await ask();
	} catch (error) {
		const fault = asFault(error);
		await held.release();
		throw fault;
	}
}

/** What a settled send is to the user; the register is brought in line. */
async function end(
	write: Write,
	held: Held,
	settled: Exclude<Settled<unknown>, { how: 'send-again' }>,
	reason: Fault,
): Promise<Written> {
	if (settled.how === 'found') {
		const remark = await recorded(held.settle('accepted'));
		return { recovered: true, ...(remark ? { remark } : {}) };
	}
	if (settled.how === 'failed') {
		await recorded(held.settle('failed', { reason: reasonOf(settled.fault) }));
		throw settled.fault;
	}
	await recorded(held.settle('unknown'));
	throw unknownWrite(write, reason, settled.finding);
}

async function attempt(
	client: TwClient,
	{ endpoint, body }: Write,
	{ limits }: WriteOptions,
): Promise<unknown> {
	try {
		return await client.call(endpoint, body, { rule: 'write', ...limits });
	} catch (error) {
		return asFault(error);
	}
}

const unknownWrite = ({ endpoint, mark: { thing } }: Write, reason: Fault, finding: string) =>
	new UnknownOutcomeFault(
		`It is unknown whether TW carried out '${twEndpoints[endpoint].title}' for ${thing}: ${reason.message}`,
		`${finding} It was not sent again. Look up ${thing} at TW in a few minutes before you repeat it.`,
		reason.facts,
	);
