// SPDX-License-Identifier: Apache-2.0
// What is done in the window once the result is public.
import { button, done, page } from './console.mjs'
import { press } from './press.mjs'

export async function chooseStick() {
  const field = page.locator('.field', { hasText: '放到哪个 U 盘' })
  await press(field.getByRole('button').first())
  await press(field.getByRole('button', { name: 'U盘/', exact: true }))
  await press(field.getByRole('button', { name: '就用这个文件夹' }))
  await field.getByText(`已选：U盘`).waitFor()
}
export async function toAfter() {
  await press(button('去办公布以后的事'))
  await page.getByRole('heading', { name: '公布以后', level: 1 }).waitFor()
}
export async function back() {
  await press(button('返回各个步骤'))
  await button('去办公布以后的事').waitFor()
}

/** The clerk answers an objection in public. */
export async function answer(secret, number, text) {
  await press(button(`答复第 ${number} 条`))
  await page.getByLabel('公开的答复').fill(text)
  await press(button('写下来'))
  await page.getByText(`答复：${text}`).waitFor()
  await page.getByLabel('经办人的口令').fill(secret)
  await press(button('签名公布'))
  await done()
  await back()
}

/** A stick that is plugged in, among the ways of a field. */
export const onStick = (label, stick) => {
  const place = page.locator('.field', { hasText: label })
  return { place, way: button(`U 盘“${stick}”`, place) }
}
/** Onto the stick that is plugged in, which is offered by its name. */
export async function onto(stick, words) {
  const { place, way } = onStick('放到哪个 U 盘', stick)
  await press(way)
  await place.getByText(`已选：${stick}`).waitFor()
  await press(button(words))
}
