/** For a dry run: reads a register and changes nothing in it. It keeps what is claimed or put as long as it lives. */
import { ExecutionRegister } from './execution-register';
import type { Entry, Register, Wanted } from './register';

export class DryRunRegister extends ExecutionRegister {
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
