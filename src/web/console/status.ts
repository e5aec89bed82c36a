// SPDX-License-Identifier: Apache-2.0
// How far an election is.
import * as api from './api.ts'
import { pause } from './window.ts'

const STATUS_TRIES = 4

/** A program that writes the folder at this moment may leave a file that goes with none. */
export async function statusOf(b: api.Book): Promise<api.Status> {
  for (let tries = 1; ; tries++) {
    try {
      return await api.status(b.id)
    } catch (error) {
      if (!(error instanceof api.Refused) || tries === STATUS_TRIES) throw error
      await pause()
    }
  }
}
