/** Carries out what a run would send, without sending it. */
import { DryRunFault } from '../base/dry-run';
import { asFault, DefectFault, Fault } from '../base/errors';
import { shownItem } from '../operation/dry-run';
import type { AnyOperation, Call, Input, Outcome } from '../operation/operation';
import { tookEffect } from '../operation/outcome';
import { DRY_RUN } from '../operation/options';
import { ExecutionLedger } from './ledger';
import type { RunClient } from './profile';

/** Whether a job is to be tried only. Of a read there is nothing to hold back. */
export const isDryRun = ({ kind }: Pick<AnyOperation<never>, 'kind'>, [input]: readonly Input[]) =>
	kind !== 'read' && input?.settings[DRY_RUN] === true;

/**
 * The operation's own code goes its usual way, with a client that holds every write back, registers that
 * are only looked at and a ledger that is thrown away. So an operation can't forget that it is a dry run.
 *
 * @param look the registers, to look at
 */
export async function tryOut<Client extends RunClient>(
	operation: AnyOperation<Client>,
	call: Call<Client>,
	look: Call<Client>['register'],
	inputs: Input[],
): Promise<Outcome[]> {
	const { client } = call;
	const asks = operation.asksInDryRun?.(inputs[0]!.settings) ?? false;
	const dry: Call<Client> = {
		...call,
		client: client.dry({ asks }),
		ledger: new ExecutionLedger({}),
		register: look,
		isRetry: false,
	};
	const outcomes = await operation.perform(dry, inputs).catch((error: unknown) => {
		const fault = asFault(error);
		return inputs.map(() => fault);
	});
	return outcomes.map((outcome) => shown(outcome, client.redact));
}

/** Whoever puts out anything else than a dry run's items has not come as far as sending. */
function shown(outcome: Outcome, redact: (text: string) => string): Outcome {
	if (outcome instanceof DryRunFault) return [shownItem(outcome, redact)];
	if (outcome instanceof Fault) return outcome;
	const isShown = outcome.every(({ json }) => !tookEffect(json['outcome']));
	return isShown ? outcome : new DefectFault('a dry run that shows nothing');
}
