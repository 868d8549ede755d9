/** Carries out what a run would send, without sending it. */
import { asFault, DefectFault, Fault } from '../base/errors';
import {
	type AnyOperation,
	type Call,
	carryOut,
	type Input,
	type Outcome,
} from '../operation/operation';
import { tookEffect } from '../base/outcome';
import type { RunClient } from './profile';

/**
 * The operation's own code goes its usual way, with a client that refuses to send a write and registers that
 * are only looked at. So an operation can't forget that it is a dry run.
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
		register: look,
		isRetry: false,
	};
	const outcomes = await carryOut(operation, dry, inputs).catch((error: unknown) => {
		const fault = asFault(error);
		return inputs.map(() => fault);
	});
	return outcomes.map((outcome) => {
		const isDry =
			outcome instanceof Fault || outcome.every(({ json }) => !tookEffect(json['outcome']));
		return isDry ? outcome : new DefectFault('a dry run that shows nothing');
	});
}
