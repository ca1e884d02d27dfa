// Shows how much of a form with files is sent:
//   <form data-upload method="post" enctype="multipart/form-data"> …
//     <div data-upload-progress hidden><progress max="100"></progress> <p role="status"></p></div>
//   </form>
// The browser follows the answer's redirect; then the page that it leads to is opened. Without scripts the form is sent
// as any other.

const megabyte = 1_000_000

function say(place: HTMLElement, text: string): void {
  const region = place.querySelector('[role="status"]')
  if (region && region.textContent !== text) region.textContent = text
}

/** The words of an error page. */
function wordsOf(page: string): string {
  const text = new DOMParser().parseFromString(page, 'text/html').querySelector('main p')?.textContent
  return text || 'The server did not take the files. Load this page again and repeat.'
}

function send(form: HTMLFormElement, place: HTMLElement): void {
  const request = new XMLHttpRequest()
  const button = form.querySelector<HTMLButtonElement>('button[type="submit"]')
  const end = (words: string): void => {
    say(place, words)
    place.querySelector('progress')?.setAttribute('hidden', '')
    if (button) button.disabled = false
  }
  request.upload.addEventListener('progress', (event) => {
    const bar = place.querySelector('progress')
    if (!event.lengthComputable) return
    if (bar) bar.value = (event.loaded / event.total) * 100
    say(place, `Sent: ${Math.floor(event.loaded / megabyte)} of ${Math.ceil(event.total / megabyte)} MB`)
  })
  request.addEventListener('load', () => {
    if (request.status < 400) location.assign(request.responseURL)
    else end(wordsOf(request.responseText))
  })
  request.addEventListener('error', () => end('The connection was cut. Nothing was kept; send the files again.'))
  request.open('POST', form.action)
  request.send(new FormData(form))
  if (button) button.disabled = true
  place.hidden = false
  place.querySelector('progress')?.removeAttribute('hidden')
}

export function sendWithProgress(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>('form[data-upload]')) {
    const place = form.querySelector<HTMLElement>('[data-upload-progress]')
    if (!place) continue
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      send(form, place)
    })
  }
}
