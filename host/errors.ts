/** Something went wrong in a way that its message explains; a stack would only be in the way. */
export class HostError extends Error {
	readonly forPeople = true;
}
