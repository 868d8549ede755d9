const onTerminal = process.stdout.isTTY === true;

/**
 * Does one step of the set-up and tells how it goes: on a terminal in a single line that counts the
 * seconds, elsewhere in plain lines, with a sign of life every half minute.
 *
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @param {() => string} [detail] says how far the work has come
 * @returns {Promise<T>}
 */
export async function step(title, work, detail = () => '') {
	const began = Date.now();
	const show = () => {
		const line = [`  … ${title}`, seconds(began), detail()].filter(Boolean).join(' · ');
		if (onTerminal) process.stdout.write(`\r\x1b[K${line.slice(0, process.stdout.columns - 1)}`);
		else console.log(line);
	};

	if (onTerminal) show();
	else console.log(`  … ${title}`);
	const timer = setInterval(show, onTerminal ? 1_000 : 30_000);
	try {
		const result = await work();
		finish('✓');
		return result;
	} catch (error) {
		finish('✗');
		throw error;
	} finally {
		clearInterval(timer);
	}

	function finish(mark) {
		console.log(`${onTerminal ? '\r\x1b[K' : ''}  ${mark} ${title} (${seconds(began)})`);
	}
}

function seconds(since) {
	return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
