// What every page loads: the components of nhsuk-frontend that our pages hold, and our own small modules. Pages work
// without any of it. File inputs stay the browser's own: the package's drop zone has a button whose accessible name is
// not what it shows.

import {
  Button,
  Checkboxes,
  createAll,
  ErrorSummary,
  Header,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
  Tabs
} from 'nhsuk-frontend'

import { enhanceFilters } from './filters'
import { showCurrent } from './navigation'
import { offerPrinting, stampPrintTime } from './print'
import { followProgress } from './progress'
import { sendWithProgress } from './upload'

document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
const components = [
  Button, Checkboxes, ErrorSummary, Header, NotificationBanner, PasswordInput, Radios, SkipLink, Tabs
]
for (const component of components) createAll(component)
enhanceFilters(document)
showCurrent(document)
offerPrinting(document)
stampPrintTime(document)
followProgress(document)
sendWithProgress(document)
