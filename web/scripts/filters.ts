// A filter form (`<form data-filters>`) that asks for its page as soon as another value is chosen. Its button stays
// for those who use the keyboard, where moving through a closed list would otherwise load a page with every key.
// Focus comes back to the control that was changed.

const focusKey = 'optimat-filter-focus'

/** Where focus returns to: a control of this page only, by name and value. */
function remember(control: HTMLSelectElement | HTMLInputElement): void {
  const choice = control instanceof HTMLInputElement ? control.value : ''
  sessionStorage.setItem(focusKey, JSON.stringify({ path: location.pathname, name: control.name, choice }))
}

function restoreFocus(form: HTMLFormElement): void {
  const kept = sessionStorage.getItem(focusKey)
  if (!kept) return
  const { path, name, choice } = JSON.parse(kept) as { path: string; name: string; choice: string }
  if (path !== location.pathname) return
  for (const control of form.elements) {
    if (control instanceof HTMLSelectElement && control.name === name) control.focus({ preventScroll: true })
    else if (control instanceof HTMLInputElement && control.name === name && control.value === choice)
      control.focus({ preventScroll: true })
    else continue
    sessionStorage.removeItem(focusKey)
    return
  }
}

function enhance(form: HTMLFormElement): void {
  // A key that moves through the list changes it too; only a pointer's change, or leaving the list, asks at once.
  let keyed = false
  let changed: HTMLSelectElement | HTMLInputElement | undefined
  const ask = (control: HTMLSelectElement | HTMLInputElement): void => {
    remember(control)
    form.requestSubmit()
  }
  form.addEventListener('keydown', () => { keyed = true })
  form.addEventListener('pointerdown', () => { keyed = false })
  form.addEventListener('change', ({ target }) => {
    const isList = target instanceof HTMLSelectElement
    const isChoice = target instanceof HTMLInputElement && (target.type === 'radio' || target.type === 'checkbox')
    if (!isList && !isChoice) return
    if (keyed) changed = target
    else ask(target)
  })
  form.addEventListener('focusout', ({ target, relatedTarget }) => {
    const leavesForButton = relatedTarget instanceof HTMLButtonElement && form.contains(relatedTarget)
    if (changed && target === changed && !leavesForButton && relatedTarget !== null) ask(changed)
  })
  restoreFocus(form)
}

export function enhanceFilters(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>('form[data-filters]')) enhance(form)
}
