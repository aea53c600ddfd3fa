// SPDX-License-Identifier: MIT
// The steps of the benchmark's scenarios for cucumber-js: one kept-alive connection.
const http = require('node:http')
const assert = require('node:assert')
const { When, Then, AfterAll } = require('@cucumber/cucumber')

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
AfterAll(() => agent.destroy())

When('I send GET {string}', function (path, done) {
  http.get({ host: '127.0.0.1', port: Number('@URL@'), path, agent }, (response) => {
    const chunks = []
    response.on('data', (chunk) => chunks.push(chunk))
    response.on('end', () => {
      this.status = response.statusCode
      this.body = Buffer.concat(chunks).toString()
      done()
    })
  }).on('error', done)
})
Then('the status is {int}', function (status) {
  assert.strictEqual(this.status, status)
})
Then('the JSON at "$.id" is {int}', function (value) {
  assert.strictEqual(JSON.parse(this.body).id, value)
})
