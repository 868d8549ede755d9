/** What `--name=value` among the arguments says; the first of several. */
export function valueOf(args: readonly string[], name: string): string | undefined {
	const mark = `--${name}=`;
	return args.find((arg) => arg.startsWith(mark))?.slice(mark.length);
}
