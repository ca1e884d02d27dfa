// What every page loads: the components of nhsuk-frontend that our pages hold, and our own small modules. Pages work
// without any of it.

import {
  Button,
  Checkboxes,
  createAll,
  ErrorSummary,
  FileUpload,
  Header,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
  Tabs
} from 'nhsuk-frontend'

import { enhanceFilters } from './filters'
import { stampPrintTime } from './print'
import { followProgress } from './progress'

document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
const components = [
  Button, Checkboxes, ErrorSummary, FileUpload, Header, NotificationBanner, PasswordInput, Radios, SkipLink, Tabs
]
for (const component of components) createAll(component)
enhanceFilters(document)
stampPrintTime(document)
followProgress(document)
