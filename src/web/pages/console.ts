// SPDX-License-Identifier: Apache-2.0
// The committee's window: the elections of this computer, the steps of each, and each
// step taken by the program that has it on the command line.
import * as api from '../console/api.ts'
import { open } from '../console/election.ts'
import { openAct } from '../console/screens.ts'
import { home } from '../console/shelf.ts'
import { r } from '../console/rehearse_words.ts'
import { trouble } from '../console/trouble.ts'
import { askCode, headTools, place, routes, run } from '../console/window.ts'

routes.home = () => {
  place.book = null
  return home()
}
routes.election = open
routes.act = openAct
headTools.push({ words: () => r('trouble'), go: trouble })

async function start(): Promise<void> {
  const key = location.hash.slice(1)
  history.replaceState(null, '', location.pathname)
  if (key !== '') {
    api.leave()
    try {
      await api.enter(key)
    } catch (error) {
      if (!(error instanceof api.Refused)) throw error
    }
  }
  if (api.isIn()) await home()
  else askCode()
}
run(start)
