import type { Entry, Register, Wanted } from '../operation/needs';
import { ExecutionRegister } from '../register/execution-register';

/**
 * For a dry run: a register that can be read and is not changed. What is claimed or put in is known for
 * as long as this object lives.
 */
export class LookingRegister extends ExecutionRegister {
	constructor(private readonly register: Register) {
		super({});
	}

	override async find(key: string): Promise<Entry | undefined> {
		return (await super.find(key)) ?? (await this.register.find(key));
	}

	override async list(wanted: Wanted): Promise<Entry[]> {
		return await this.register.list(wanted);
	}
}
