// Follows work that the server does, such as an import:
//   <div data-progress-url="/uploads/1/progress">
//     <progress max="100" value="0"></progress> <p role="status" aria-live="polite"></p>
//   </div>
// The URL answers JSON `{"state": "running" | "done" | "failed", "percent": 0-100 or null, "text": "…", "next": "/…"}`.
// `percent` null means that nobody can say; `next`, of done and failed, is the page to go to. Without scripts the page
// keeps a link that loads it again.

interface Progress {
  state: 'running' | 'done' | 'failed'
  percent: number | null
  text: string
  next?: string
}

const pollMilliseconds = 1000
const attemptsBeforeGivingUp = 30
const lostContact = 'The server cannot be reached. The work goes on; load this page again to see how far it is.'

async function ask(url: string): Promise<Progress> {
  const answer = await fetch(url, { headers: { Accept: 'application/json' }, cache: 'no-store' })
  if (!answer.ok) throw new Error(`status ${answer.status}`)
  return (await answer.json()) as Progress
}

function show(place: HTMLElement, progress: Progress): void {
  const bar = place.querySelector('progress')
  if (bar && progress.percent === null) bar.removeAttribute('value')
  else if (bar && progress.percent !== null) bar.value = progress.percent
  say(place, progress.text)
}

/** A live region speaks only when its text differs. */
function say(place: HTMLElement, text: string): void {
  const region = place.querySelector('[role="status"]')
  if (region && region.textContent !== text) region.textContent = text
}

async function follow(place: HTMLElement, url: string): Promise<void> {
  let failures = 0
  while (failures < attemptsBeforeGivingUp) {
    try {
      const progress = await ask(url)
      failures = 0
      show(place, progress)
      if (progress.state !== 'running') {
        if (progress.next?.startsWith('/')) location.assign(progress.next)
        return
      }
    } catch {
      ++failures
    }
    await new Promise((resume) => setTimeout(resume, pollMilliseconds))
  }
  say(place, lostContact)
}

export function followProgress(root: ParentNode): void {
  for (const place of root.querySelectorAll<HTMLElement>('[data-progress-url]'))
    void follow(place, place.dataset['progressUrl'] ?? '')
}
