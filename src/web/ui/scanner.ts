// SPDX-License-Identifier: Apache-2.0
// The count desk's camera: frames into zxing-wasm, served by ourselves.
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { h } from './dom.ts'

const FRAME_MS = 120
const WIDTH_PX = 1280

prepareZXingModule({ overrides: { locateFile: () => new URL('zxing_reader.wasm', import.meta.url).href } })

/** Reads QR codes until stopped; `found` gets each text once in a row. */
export class Scanner {
  readonly video = h('video', { playsinline: true, muted: true })
  private stream: MediaStream | null = null
  private running = false

  constructor(private readonly found: (text: string) => void) {}

  /** Throws when the browser or the user refuses the camera. */
  async start(): Promise<void> {
    this.stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: 'environment', width: { ideal: WIDTH_PX } },
    })
    this.video.srcObject = this.stream
    await this.video.play()
    this.running = true
    void this.loop()
  }

  stop(): void {
    this.running = false
    this.stream?.getTracks().forEach((track) => track.stop())
    this.stream = null
  }

  private async loop(): Promise<void> {
    const canvas = h('canvas')
    const draw = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D
    while (this.running) {
      if (this.video.videoWidth > 0) {
        canvas.width = this.video.videoWidth
        canvas.height = this.video.videoHeight
        draw.drawImage(this.video, 0, 0)
        const codes = await readBarcodes(draw.getImageData(0, 0, canvas.width, canvas.height), {
          formats: ['QRCode'],
          tryHarder: true,
          maxNumberOfSymbols: 1,
        })
        const text = codes[0]?.text
        if (this.running && text !== undefined && text !== '') {
          this.stop()
          this.found(text)
          return
        }
      }
      await new Promise((done) => setTimeout(done, FRAME_MS))
    }
  }
}
