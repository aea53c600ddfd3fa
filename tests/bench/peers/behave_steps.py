# SPDX-License-Identifier: MIT
# The steps of the benchmark's scenarios for behave: one kept-alive connection.
import http.client
import json

from behave import then, when

connection = http.client.HTTPConnection("127.0.0.1", int("@URL@"))


@when('I send GET "{path}"')
def send(context, path):
    connection.request("GET", path)
    response = connection.getresponse()
    context.status = response.status
    context.body = response.read()


@then("the status is {status:d}")
def check_status(context, status):
    assert context.status == status


@then('the JSON at "$.id" is {value:d}')
def check_id(context, value):
    assert json.loads(context.body)["id"] == value
