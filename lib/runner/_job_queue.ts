/** What a job takes, and what it waits for. */
export interface Demand {
  name: string;
  after: readonly string[];
  cores: number;
  memoryMb: number;
  /** How long it will run, or how long still. */
  seconds: number;
}

/** What all jobs that run at the same time may take together. */
export interface JobLimits {
  cores: number;
  memoryMb: number;
}

/**
 * Checks that names are unique and that no job waits for an unknown one, or for itself by way of others.
 *
 * @throws {RangeError} Naming the job.
 */
export function checkJobs(jobs: readonly Pick<Demand, "name" | "after">[]): void {
  const names = new Set<string>();
  for (const { name } of jobs) {
    if (names.has(name)) throw new RangeError(`Cannot run jobs: each name must be given once, ${name} is given twice`);
    names.add(name);
  }
  const open = new Map(jobs.map(({ name, after }) => [name, after]));
  for (const [name, after] of open) {
    const unknown = after.find((other) => !names.has(other));
    if (unknown !== undefined) {
      throw new RangeError(`Cannot run jobs: what ${name} waits for must be one of them, current value is ${unknown}`);
    }
  }
  for (let before = -1; before !== open.size;) {
    before = open.size;
    for (const [name, after] of open) if (!after.some((other) => open.has(other))) open.delete(name);
  }
  if (open.size > 0) {
    throw new RangeError(`Cannot run jobs: none must wait for itself, these do: ${[...open.keys()].join(", ")}`);
  }
}

/** Whether a job can start beside those that run. Alone it always can, whatever it takes. */
export function fits(job: Demand, running: readonly Demand[], limits: JobLimits): boolean {
  if (running.length === 0) return true;
  const total = (take: (demand: Demand) => number) => running.reduce((sum, other) => sum + take(other), take(job));
  return total(({ cores }) => cores) <= limits.cores && total(({ memoryMb }) => memoryMb) <= limits.memoryMb;
}

/** The jobs with the longest way to the end first: its own time and that of the longest chain that waits for it. */
export function byUrgency(jobs: readonly Demand[]): Demand[] {
  const ways = new Map<string, number>();
  const way = (job: Demand): number => {
    const known = ways.get(job.name);
    if (known !== undefined) return known;
    const waiters = jobs.filter(({ after }) => after.includes(job.name));
    const found = job.seconds + Math.max(0, ...waiters.map(way));
    ways.set(job.name, found);
    return found;
  };
  return [...jobs].sort((a, b) => way(b) - way(a));
}

/** The next job to start: the first of those waiting, in order of urgency, that waits for nobody and fits. */
export function nextJob(waiting: readonly Demand[], running: readonly Demand[], limits: JobLimits): Demand | undefined {
  const unfinished = new Set([...waiting, ...running].map(({ name }) => name));
  return waiting.find((job) => !job.after.some((other) => unfinished.has(other)) && fits(job, running, limits));
}

/** Seconds until all jobs have ended, those waiting in any order, if each takes as long as it says. */
export function secondsToEnd(waiting: readonly Demand[], running: readonly Demand[], limits: JobLimits): number {
  const queue = byUrgency(waiting);
  let active = [...running];
  let now = 0;
  while (true) {
    for (let job = nextJob(queue, active, limits); job !== undefined; job = nextJob(queue, active, limits)) {
      queue.splice(queue.indexOf(job), 1);
      active.push(job);
    }
    if (active.length === 0) return now;
    const step = Math.min(...active.map(({ seconds }) => seconds));
    now += step;
    active = active.map((job) => ({ ...job, seconds: job.seconds - step })).filter(({ seconds }) => seconds > 0);
  }
}
